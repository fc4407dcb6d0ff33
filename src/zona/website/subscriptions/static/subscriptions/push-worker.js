// What the service worker does with a push; pulled in by importScripts, so no module.
// Safari shows messages of this form by itself (Declarative Web Push) and does not come here.
(() => {
  const read = (event) => {
    try {
      return event.data.json().notification ?? null;
    } catch {
      return null;
    }
  };

  self.addEventListener("push", (event) => {
    const given = read(event);
    if (!given) return;
    const { title, body, lang, dir, tag, navigate } = given;
    event.waitUntil(
      self.registration.showNotification(title, { body, lang, dir, tag, data: { navigate } }),
    );
  });

  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const url = event.notification.data?.navigate;
    if (!url) return;
    const open = async () => {
      const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      const there = windows.find((client) => client.url === url);
      await (there ? there.focus() : self.clients.openWindow(url));
    };
    event.waitUntil(open());
  });
})();
