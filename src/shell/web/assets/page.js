// Sends what is typed and pressed, and puts the answer into the page. Without it a form opens a page of its own.
'use strict';
(() => {
  const root = document.documentElement;
  const THEME = 'theme';
  root.classList.add('js');

  // Kept for this tab alone. A browser may forbid it; then it is kept until the page is loaded again.
  const stored = (write) => {
    try {
      return write(window.sessionStorage);
    } catch {
      return null;
    }
  };
  const theme = stored((storage) => storage.getItem(THEME));
  if (theme) root.dataset.theme = theme;

  document.addEventListener('DOMContentLoaded', () => {
    const find = (id) => document.getElementById(id);
    const [channel, status, composer, input, list] = ['channel', 'status', 'composer', 'ask', 'completions'].map(find);
    const [following, dark] = ['following', 'dark'].map(find);
    const about = composer.elements.about;
    const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
    const still = window.matchMedia('(prefers-reduced-motion: reduce)');
    let isBusy = false;

    // Dark or light.

    const isDark = () => (root.dataset.theme ?? (prefersDark.matches ? 'dark' : 'light')) === 'dark';
    const showTheme = () => dark.setAttribute('aria-pressed', String(isDark()));
    dark.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      stored((storage) => storage.setItem(THEME, root.dataset.theme));
      showTheme();
    });
    prefersDark.addEventListener('change', showTheme);
    showTheme();

    // Questions and answers.

    const parsed = (html) => {
      const template = document.createElement('template');
      template.innerHTML = html;
      return template.content.firstElementChild;
    };

    // The messages that answer this; nothing where the program cannot be reached.
    const answer = async (data) => {
      data.set('tour', channel.dataset.tour ?? '');
      try {
        const response = await fetch('/reply', { method: 'POST', body: new URLSearchParams(data) });
        const messages = parsed(await response.text());
        return messages?.dataset.effect ? messages : null;
      } catch {
        return null;
      }
    };

    const reveal = (message, block) => message.scrollIntoView({ block, behavior: still.matches ? 'auto' : 'smooth' });

    const announce = (message) => {
      status.textContent = message.querySelector('article').getAttribute('aria-label');
    };

    // Adds what came, or puts it into the place of the message that was pressed; gives the last message.
    const show = (answer, pressed) => {
      const messages = [...answer.children];
      channel.dataset.tour = answer.dataset.tour;
      if (answer.dataset.effect === 'delete') {
        pressed.remove();
        status.textContent = messages[0].textContent;
        input.focus();
        return null;
      }
      const first = messages[0];
      const last = messages[messages.length - 1];
      const replaces = answer.dataset.effect === 'replace' && pressed;
      if (replaces) pressed.replaceWith(messages.shift());
      channel.append(...messages);
      announce(last);
      if (pressed) (last.querySelector('h2') ?? last.querySelector('button'))?.focus({ preventScroll: true });
      reveal(last === first || pressed ? last : first, replaces && last === first ? 'nearest' : 'start');
      return last;
    };

    const unreachable = () => {
      const message = find('unreachable').content.firstElementChild.cloneNode(true);
      channel.append(message);
      announce(message);
      reveal(message, 'nearest');
    };

    const send = async (data, pressed) => {
      if (isBusy) return null;
      isBusy = true;
      channel.setAttribute('aria-busy', 'true');
      const messages = await answer(data);
      channel.removeAttribute('aria-busy');
      isBusy = false;
      if (messages) return { last: show(messages, pressed) };
      unreachable();
      return null;
    };

    composer.addEventListener('submit', async (event) => {
      event.preventDefault();
      close();
      if (!input.value.trim()) return;
      const sent = await send(new FormData(composer), null);
      if (!sent) return;
      input.value = '';
      follow(null);
      const address = sent.last?.querySelector('a.address');
      if (address) window.history.replaceState(null, '', address.href);
    });

    channel.addEventListener('submit', (event) => {
      event.preventDefault();
      const form = event.target;
      const needsChoice = form.querySelector('[type=checkbox]') && !form.querySelector(':checked');
      if (!needsChoice) send(new FormData(form, event.submitter), form.closest('.message'));
    });

    // What the next question follows.

    const follow = (message) => {
      following.hidden = about.disabled = !message;
      about.value = message?.dataset.followed ?? '';
      following.querySelector('strong').textContent = message?.querySelector('h2').textContent ?? '';
    };

    following.querySelector('a').addEventListener('click', (event) => {
      event.preventDefault();
      follow(null);
      input.focus();
    });

    const copy = async (button) => {
      const text = button.closest('.message').querySelector('template.markdown').content.textContent;
      try {
        await window.navigator.clipboard.writeText(text);
      } catch {
        // Only a page that is served safely, or by this machine, has a clipboard.
        const area = document.createElement('textarea');
        area.value = text;
        document.body.append(area);
        area.select();
        document.execCommand('copy');
        area.remove();
        button.focus();
      }
      const label = button.textContent;
      const copied = find('copied').content.textContent;
      if (label === copied) return;
      button.textContent = status.textContent = copied;
      setTimeout(() => { button.textContent = label; }, 2000);
    };

    channel.addEventListener('click', (event) => {
      const pressed = (selector) => event.target.closest(selector);
      if (pressed('a.follow')) {
        event.preventDefault();
        follow(pressed('.message'));
        input.focus();
      } else if (pressed('.copy')) {
        copy(pressed('.copy'));
      } else if (pressed('.dismiss')) {
        pressed('.message').remove();
        input.focus();
      }
    });

    // A menu that opens is seen, and it closes where something else is used.
    channel.addEventListener('toggle', (event) => {
      if (event.target.open) reveal(event.target, 'nearest');
    }, true);
    const closeMenus = (except) => {
      for (const menu of document.querySelectorAll('details[open]')) if (menu !== except) menu.open = false;
    };
    document.addEventListener('click', (event) => closeMenus(event.target.closest('details')));
    document.addEventListener('keydown', (event) => {
      const menu = event.key === 'Escape' && event.target.closest('details[open]');
      if (!menu) return;
      closeMenus(null);
      menu.querySelector('summary').focus();
    });

    // What is offered while something is typed.

    let asked = 0;
    let active = -1;
    for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', list.id], ['aria-expanded', 'false']]) {
      input.setAttribute(name, value);
    }

    const activate = (at) => {
      active = at;
      [...list.children].forEach((option, number) => option.setAttribute('aria-selected', String(number === at)));
      const option = list.children[at];
      if (option) input.setAttribute('aria-activedescendant', option.id);
      else input.removeAttribute('aria-activedescendant');
      option?.scrollIntoView({ block: 'nearest' });
    };

    const open = (html) => {
      list.innerHTML = html;
      list.hidden = !list.children.length;
      input.setAttribute('aria-expanded', String(!list.hidden));
      activate(-1);
    };

    const close = () => {
      asked += 1;
      open('');
    };

    const complete = async () => {
      if (!input.value.startsWith('/')) return close();
      asked += 1;
      const mine = asked;
      try {
        const response = await fetch(`/complete?q=${encodeURIComponent(input.value)}`);
        const html = response.ok ? await response.text() : '';
        if (mine === asked) open(html);
      } catch {
        close();
      }
    };

    const choose = (option) => {
      input.value = option.dataset.value;
      input.focus();
      if (input.value.endsWith(' ')) complete();
      else close();
    };

    input.addEventListener('input', complete);
    input.addEventListener('keydown', (event) => {
      const count = list.children.length;
      if (!count) return;
      if (event.key === 'Escape') close();
      else if (event.key === 'ArrowDown') activate((active + 1) % count);
      else if (event.key === 'ArrowUp') activate((Math.max(active, 0) + count - 1) % count);
      else if ((event.key === 'Enter' || event.key === 'Tab') && active >= 0) choose(list.children[active]);
      else return;
      event.preventDefault();
    });
    // Before the input loses the focus.
    list.addEventListener('pointerdown', (event) => event.preventDefault());
    list.addEventListener('click', (event) => {
      const option = event.target.closest('[role=option]');
      if (option) choose(option);
    });
    input.addEventListener('blur', close);

    if (!window.location.search) input.focus();
  });
})();
