// What every test begins with: the whole engine. Vitest runs this file before each file of tests; what it imports, once.
import '../whole.ts'
