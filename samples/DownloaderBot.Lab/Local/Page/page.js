'use strict';

// One person, several users. All text goes in by textContent: what the bot or a file's author wrote is never markup.
const hints = ['/start', '/help', '/login +12025550101', 'https://t.me/demo/1', '/dl https://t.me/demo/50', '/queue', '/canceldownload', '/stats'];
const remembered = 'local-chat-users';
const users = new Map();
let current = null;
let source = null;
let run = null;

const byId = id => document.getElementById(id);

function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text ?? '';
  return element;
}

function megabytes(bytes) {
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function newUser(id) {
  users.set(id, { id, items: [], seen: 0, unread: 0, typed: [], recall: 0, draft: '', deleted: new Set() });
}

function addUser(id) {
  if (!users.has(id)) {
    newUser(id);
    localStorage.setItem(remembered, [...users.keys()].join(','));
    connect();
  }
}

function select(id) {
  const before = users.get(current);
  if (before) {
    before.draft = byId('text').value;
  }
  current = id;
  const user = users.get(id);
  user.unread = 0;
  user.recall = user.typed.length;
  byId('text').value = user.draft;
  byId('who').textContent = `User ${id}`;
  showUsers();
  showMessages();
  byId('text').focus();
}

function showUsers() {
  const list = byId('users');
  list.replaceChildren(...[...users.values()].map(user => {
    const button = make('button', '', `User ${user.id}`);
    button.type = 'button';
    button.setAttribute('aria-current', String(user.id === current));
    if (user.unread > 0) {
      const badge = make('span', 'badge', user.unread > 99 ? '99+' : String(user.unread));
      badge.setAttribute('aria-label', `${user.unread} new`);
      button.append(badge);
    }
    button.addEventListener('click', () => select(user.id));
    return button;
  }));
  list.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function showMessages() {
  const log = byId('messages');
  const items = users.get(current).items;
  log.replaceChildren(...items.map(show));
  if (items.length === 0) {
    log.append(make('p', 'empty', 'Nothing yet. Type /start, or pick a command below.'));
  }
  log.scrollTop = log.scrollHeight;
}

function show(item) {
  const element = make('div', `message${item.own ? ' own' : ''}${item.deleted ? ' gone' : ''}${item.failed ? ' failed' : ''}`);
  if (item.file) {
    const file = make('div', 'file');
    file.append(make('span', 'name', item.file.name), make('span', 'size', megabytes(item.file.length)));
    if (item.file.key) {
      const link = make('a', '', 'Save');
      link.href = `/local/files/${item.file.key}?name=${encodeURIComponent(item.file.name)}`;
      link.download = item.file.name;
      file.append(link);
    } else {
      file.append(make('span', 'size', 'received and counted, not kept'));
    }
    element.append(file);
    if (item.file.caption) {
      element.append(make('div', 'text', item.file.caption));
    }
  } else {
    element.append(make('div', 'text', item.deleted ? 'Deleted by the bot' : item.text));
  }
  const notes = [item.edited && 'edited', item.failed && 'not sent'].filter(Boolean).join(', ');
  if (notes) {
    element.append(make('div', 'meta', notes));
  }
  item.element = element;
  return element;
}

// Changes one message where it stands, so that a progress bar does not make the rest flicker.
function update(user, item) {
  if (user.id === current && item.element) {
    item.element.replaceWith(show(item));
  }
}

function append(user, item) {
  user.items.push(item);
  if (user.id !== current) {
    user.unread++;
    showUsers();
    return;
  }
  const log = byId('messages');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  log.querySelector('.empty')?.remove();
  log.append(show(item));
  if (atEnd || item.own) {
    log.scrollTop = log.scrollHeight;
  }
}

// What was deleted is gone from here too, from what the arrow brings back as well: it was a code or a password.
function forget(user) {
  for (const item of user.items.filter(i => i.own && !i.deleted && user.deleted.has(i.id))) {
    user.typed = user.typed.filter(text => text !== item.text);
    user.recall = user.typed.length;
    Object.assign(item, { text: '', deleted: true });
    update(user, item);
  }
}

function receive(message) {
  const user = users.get(message.user);
  if (!user || message.sequence <= user.seen) {
    return;
  }
  user.seen = message.sequence;
  if (message.deleted) {
    user.deleted.add(message.id);
    forget(user);
    return;
  }
  const known = message.edited && user.items.find(i => !i.own && i.id === message.id);
  if (known) {
    Object.assign(known, { text: message.text, edited: true });
    update(user, known);
  } else {
    append(user, { id: message.id, text: message.text, file: message.file, edited: message.edited });
  }
}

function connect() {
  source?.close();
  source = new EventSource(`/local/events?users=${[...users.keys()].join(',')}`);
  source.addEventListener('run', event => {
    const { run: now } = JSON.parse(event.data);
    if (run !== null && run !== now) {
      // The bot was restarted: it counts its messages from 1 again.
      users.forEach(user => { user.seen = 0; });
    }
    run = now;
    setState('Connected', false);
  });
  source.addEventListener('message', event => receive(JSON.parse(event.data)));
  source.addEventListener('error', () => setState('The bot does not answer. Trying again…', true));
}

function setState(text, down) {
  byId('state').textContent = text;
  byId('state').classList.toggle('down', down);
}

async function send(text) {
  const user = users.get(current);
  const item = { own: true, text };
  user.typed.push(text);
  user.recall = user.typed.length;
  append(user, item);
  try {
    const response = await fetch(`/local/users/${user.id}/messages`, {
      method: 'POST',
      headers: { 'X-Local-Chat': '1', 'Content-Type': 'text/plain; charset=utf-8' },
      body: text,
    });
    if (!response.ok) {
      throw new Error(String(response.status));
    }
    item.id = (await response.json()).id;
    forget(user);
  } catch {
    item.failed = true;
    update(user, item);
  }
}

function recall(step) {
  const user = users.get(current);
  user.recall = Math.min(Math.max(user.recall + step, 0), user.typed.length);
  byId('text').value = user.typed[user.recall] ?? '';
}

byId('send').addEventListener('submit', event => {
  event.preventDefault();
  const text = byId('text').value.trim();
  byId('text').value = '';
  byId('text').focus();
  if (text) {
    send(text);
  }
});

byId('text').addEventListener('keydown', event => {
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    event.preventDefault();
    recall(event.key === 'ArrowUp' ? -1 : 1);
  }
});

byId('add').addEventListener('submit', event => {
  event.preventDefault();
  const id = Number(byId('new-user').value);
  byId('new-user').value = '';
  addUser(id);
  select(id);
});

document.addEventListener('keydown', event => {
  const id = [...users.keys()][Number(event.key) - 1];
  if (event.altKey && id !== undefined) {
    event.preventDefault();
    select(id);
  }
});

byId('hints').append(...hints.map(hint => {
  const button = make('button', '', hint);
  button.type = 'button';
  button.addEventListener('click', () => {
    byId('text').value = hint;
    byId('text').focus();
  });
  return button;
}));

const ids = (localStorage.getItem(remembered) ?? '1,2,3').split(',').map(Number).filter(id => Number.isSafeInteger(id) && id > 0);
for (const id of ids.length > 0 ? ids : [1, 2, 3]) {
  newUser(id);
}
connect();
select(users.keys().next().value);
