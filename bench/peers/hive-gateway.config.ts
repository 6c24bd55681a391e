/** What Hive Gateway shares of equal requests: all that it offers. Left alone it would share only what it asks of Yoga. */

import type { GatewayCLIConfig } from '@graphql-hive/gateway'

export const gatewayConfig: GatewayCLIConfig = { inboundInflightRequestDeduplication: true }
