// This module starts Debian's Chromium without what no test looks at.
import { type Browser, chromium } from 'playwright-core';

/**
 * Features that are off. The last `--disable-features` counts, so those that Playwright turns off for the sake of its
 * own work stand here too, as far as they matter on Linux.
 */
const withoutFeatures = [
  // Each window would draw two pages of its own below its address bar, which nobody sees.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${withoutFeatures.join(',')}`,
];

export const openChromium = (): Promise<Browser> => chromium.launch({ executablePath: '/usr/bin/chromium', args });
