export function systemChromium(): string | undefined
export function journeyChromium(): string | undefined
export function installChromium(): Promise<boolean>
