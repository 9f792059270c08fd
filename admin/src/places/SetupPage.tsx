import { PlacePage } from './PlacePage.tsx';

/** Where the shop is set up. */
export default function SetupPage() {
  return <PlacePage place="settings" />;
}
