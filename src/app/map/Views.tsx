import { lazy, Suspense } from 'react'
import { useLayout } from '../context.tsx'
import { CourseMap } from './CourseMap.tsx'
import { OpenFiles } from './OpenFiles.tsx'
import { Print } from './Print.tsx'

const SnippetDialog = lazy(() => import('../snippet/SnippetDialog.tsx'))

/** What stands over the whole page. */
export default function Views() {
  const view = useLayout((state) => state.view)
  switch (view?.is) {
    case 'map':
      return <CourseMap />
    case 'files':
      return <OpenFiles files={view.files} />
    case 'print':
      return <Print lesson={view.lesson} />
    case 'embed':
      return (
        <Suspense>
          <SnippetDialog />
        </Suspense>
      )
    case undefined:
      return null
  }
}
