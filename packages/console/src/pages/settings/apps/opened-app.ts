// The address of Apps and websites may name an app that is open, so that other pages can lead to it.
export interface OpenedApp {
  open?: string;
}

export const openedApp = ({ open }: Record<string, unknown>): OpenedApp => {
  const id = typeof open === 'number' ? String(open) : open;
  return typeof id === 'string' && /^\d{1,19}$/.test(id) ? { open: id } : {};
};
