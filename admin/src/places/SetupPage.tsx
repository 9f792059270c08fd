import { FirstSteps } from '../first-hour/FirstSteps.tsx';
import { PlacePage } from './PlacePage.tsx';

/** Where the shop is set up: how far it has come, and everything that can be set. */
export default function SetupPage() {
  return (
    <PlacePage place="settings">
      <FirstSteps isAlways />
    </PlacePage>
  );
}
