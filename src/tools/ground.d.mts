export function buildSite(): boolean
