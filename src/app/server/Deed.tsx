import { HardDrive, PowerOff, RotateCw } from 'lucide-react'
import type { Befall } from '../../lesson/schema.ts'
import { useLayout } from '../context.tsx'
import { serverMessages } from '../i18n/server.ts'

const icons = { crash: PowerOff, restart: RotateCw, full: HardDrive, free: HardDrive } as const

/** What can be done to the server, by its name. */
export default function Deed({ what }: { what: Befall['server'] }) {
  const language = useLayout((state) => state.language)
  const Icon = icons[what]
  return (
    <>
      <Icon size={14} aria-hidden="true" /> {serverMessages[language].deeds[what]}
    </>
  )
}
