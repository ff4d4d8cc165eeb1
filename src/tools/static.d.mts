/** Serves a folder on this machine; port 0 takes a free one. */
export function serveFolder(
  folder: string,
  options: {
    readonly port: number
    readonly under?: string
    /** What is said with each path besides. */
    readonly headers?: (path: string) => Readonly<Record<string, string>>
  },
): Promise<{ readonly port: number; close(): void }>
