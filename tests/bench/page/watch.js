// How long the page's thread was held: the longest task, and the longest gap between two timers,
// whichever is longer.

const TICK_MS = 5;

export const watchedPage = () => {
  let longest = 0;
  let last = performance.now();
  const note = (duration) => {
    longest = Math.max(longest, duration);
  };
  const tasks = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => note(duration)));
  tasks.observe({ type: "longtask" });
  const tick = () => {
    const now = performance.now();
    note(now - last - TICK_MS);
    last = now;
  };
  const timer = setInterval(tick, TICK_MS);
  return {
    end: async () => {
      // A task is told about only after it is over.
      await new Promise((resolve) => setTimeout(resolve, 60));
      tick();
      clearInterval(timer);
      tasks.takeRecords().forEach(({ duration }) => note(duration));
      tasks.disconnect();
      return longest;
    },
  };
};
