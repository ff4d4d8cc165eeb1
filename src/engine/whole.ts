// The engine with all that it has. A host that needs no small beginning imports this first; the page's worker loads it as
// soon as it has answered the page.
import { enroll } from './catalog.ts'
import { lateFamilies } from './commands/late.ts'
import { texts } from './text-table.ts'
import { fillTexts } from './texts.ts'
import './cost.ts'
import './saving.ts'

enroll(lateFamilies)
fillTexts(texts)
