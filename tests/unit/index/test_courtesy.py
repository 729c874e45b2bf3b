"""What is said around a question is told from the question."""

import pytest

from index.courtesy import Courtesy, find_asked, read_courtesy


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Добрый день! Где порт? Спасибо.", "Где порт?"),
        ("Всем привет, здравствуйте, где порт", "где порт"),
        ("где порт, заранее большое спасибо!!!", "где порт"),
        ("Hello! Where is the port? Thanks", "Where is the port?"),
        ("Salam, liman haradadır? Çox sağ olun", "liman haradadır?"),
        ("liman haqqında məlumat verin", "liman"),
        ("Zəhmət olmasa, liman barədə danış, xahiş edirəm", "liman"),
        ("liman haqqında qanun", "liman haqqında qanun"),
        ("кто сказал спасибо строителям", "кто сказал спасибо строителям"),
        ("Здравствуйте, хотел бы узнать подробнее про порт", "про порт"),
        ("расскажите, пожалуйста, подробнее о порте", "о порте"),
        ("последние новости о порте", "о порте"),
        ("что пишут про порт?", "про порт?"),
        ("есть ли информация о порте", "о порте"),
        ("интересует виза", "виза"),
        ("Tell me more about the port", "the port"),
        ("новости культуры", "новости культуры"),
        ("информация утекла", "информация утекла"),
        ("что есть в порту", "что есть в порту"),
        ("приветственная речь", "приветственная речь"),
        ("hi-tech парк", "hi-tech парк"),
        ("спасибо", ""),
    ],
)
def test_a_question_among_courtesies(text: str, asked: str) -> None:
    """Only at its begin and end."""
    assert find_asked(text).of(text).strip(" ,!.") == asked


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Привет, спасибо!", Courtesy.GREETING),
        ("Кто ты такой?", Courtesy.GREETING),
        ("Спасибо за ответ :)", Courtesy.THANKS),
        ("Хорошо, спасибо", Courtesy.THANKS),
        ("Ок.", Courtesy.ASSENT),
        ("до свидания", Courtesy.ASSENT),
        ("А что нового?", Courtesy.NEWS),
        ("последние новости", Courtesy.NEWS),
        ("Помощь", Courtesy.GREETING),
        ("/меню", Courtesy.GREETING),
        ("мои подписки", Courtesy.FOLLOWING),
        ("Стоп!", Courtesy.FOLLOWING),
        ("отпишите меня", Courtesy.FOLLOWING),
        ("Больше не присылайте, спасибо", Courtesy.FOLLOWING),
        ("unsubscribe", Courtesy.FOLLOWING),
        ("abunəlikdən çıxmaq", Courtesy.FOLLOWING),
        ("стоп-кран", None),
        ("подписки на газеты", None),
        ("помощь селу", None),
        ("кто такой Лисовец", None),
        ("что может порт", None),
        ("👍", None),
        ("", None),
    ],
)
def test_what_is_no_question(text: str, kind: Courtesy | None) -> None:
    """All of a text must be courtesy."""
    assert read_courtesy(text) is kind
