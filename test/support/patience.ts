/** On a shared machine a server may be slow once; a test that fails there is tried twice more, and every failure is printed. */

import { jest } from '@jest/globals'

if (process.env.CI === 'true') jest.retryTimes(2, { logErrorsBeforeRetry: true })
