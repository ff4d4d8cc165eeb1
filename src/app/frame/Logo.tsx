/** The mark: a prompt. */
export function Logo() {
  return (
    <svg width="19" height="19" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="3.6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M10 9.5 17 16l-7 6.5" />
        <path d="M18.5 22.5h5" />
      </g>
    </svg>
  )
}
