// What the page itself says, in the three languages of its people. What the bot says is not here.

const WORDS = {
  ru: {
    bot: "бот", typing: "печатает", user: "Кто вы", chat: "Чат", language: "Язык",
    write: "Сообщение", send: "Отправить", file: "Приложить файл", commands: "Команды",
    open: "Показать целиком", close: "Свернуть", private: "Личный чат", all: "Общее",
    copied: "Скопировано", gone: "Нет связи, пробую снова…", hint: "Ваш вопрос",
    reply: "Ответить", change: "Изменить", cancel: "Отменить", replying: "Ответ на:",
    changing: "Правка:", edited: "изменено", picture: "Картинка", nothing: "Ничего не нашлось",
    cards: "Карточки", messages: "Сообщения", topic: "Тема создана", joined: "Бот в группе",
  },
  en: {
    bot: "bot", typing: "is typing", user: "Who you are", chat: "Chat", language: "Language",
    write: "Message", send: "Send", file: "Attach a file", commands: "Commands",
    open: "Show all", close: "Fold", private: "Private chat", all: "General",
    copied: "Copied", gone: "No connection, trying again…", hint: "Your question",
    reply: "Reply", change: "Edit", cancel: "Cancel", replying: "Reply to:",
    changing: "Edit:", edited: "edited", picture: "Picture", nothing: "Nothing found",
    cards: "Cards", messages: "Messages", topic: "Topic created", joined: "The bot is here",
  },
  az: {
    bot: "bot", typing: "yazır", user: "Siz kimsiniz", chat: "Çat", language: "Dil",
    write: "Mesaj", send: "Göndər", file: "Fayl əlavə et", commands: "Əmrlər",
    open: "Hamısını göstər", close: "Yığ", private: "Şəxsi çat", all: "Ümumi",
    copied: "Kopyalandı", gone: "Əlaqə yoxdur, yenidən cəhd edirəm…", hint: "Sualınız",
    reply: "Cavab ver", change: "Dəyiş", cancel: "Ləğv et", replying: "Cavab:",
    changing: "Düzəliş:", edited: "dəyişdirilib", picture: "Şəkil", nothing: "Heç nə tapılmadı",
    cards: "Kartlar", messages: "Mesajlar", topic: "Mövzu yaradıldı", joined: "Bot qrupdadır",
  },
};

export const wordsOf = (user) => WORDS[user?.language_code?.slice(0, 2)] ?? WORDS.ru;
