"""Words in Latin letters: first names, what is no name of a person, and nouns of posts."""

#: First names that no transliteration of a Russian dictionary gives: English, other European,
#: Azerbaijani, Turkish, Arabic and Persian ones that news has most.
GIVEN = frozenset(
    """
    john james robert michael william david richard joseph thomas charles christopher daniel
    matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward
    ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin
    scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry
    tyler aaron jose adam henry peter keith roger carl arthur lawrence joe jd jr ethan noah
    simon philip colin ian neil alan mary patricia jennifer linda elizabeth barbara susan
    jessica sarah karen nancy lisa margaret betty sandra ashley kimberly emily donna michelle
    carol amanda melissa deborah stephanie rebecca laura sharon cynthia kathleen amy angela
    shirley anna ruth brenda pamela nicole katherine helen kate alice julia emma claire fiona
    charlotte lucy grace joan jane hannah sonata marie pierre jean jacques emmanuel francois
    louis antoine hans klaus friedrich olaf karl heinrich jens ursula giorgia matteo giuseppe
    marco luca antonio antónio pedro carlos juan luis miguel rafael fernando kaja sanna ulf lars
    erik anders björn mette jonas recep tayyip hakan mevlüt mehmet mustafa ahmet ali hasan
    hüseyin ibrahim osman murat yaşar emine fatma ayşe ilham heydar heydər mehriban leyla arzu
    jeyhun ceyhun elnur elchin elçin vugar vüqar anar rashad rəşad samir səmir tural farid fərid
    emin eldar nijat nicat orkhan orxan ramin ramil kamran kamal rovshan rövşən zakir mikayil
    mikayıl parviz pərviz sahiba sahibə aydin aydın azər azer tofig tofiq fuad fikrət fikrat
    nazim elmar elman aysel aygün günel gunel nigar sevinc sevil vəfa əli əhməd həsən hikmat
    hikmət rauf teymur shahin şahin vilayat adil nikol ararat vahagn irakli maka salome masoud
    abbas ebrahim javad mohammad muhammad mohammed ahmad ahmed omar khalid narendra xi imran
    shehbaz keir rishi boris liz theresa volodymyr sergey sergei mikhail vladimir dmitry dmitri
    nikolai yuri alexei alexey andrey andrei yevgeny kassym shavkat sadyr emomali serdar
    gurbanguly elon bill jeff tim sundar satya warren gerald amos brad antony vera emil emilia
    emile lev nadia natalia tatiana ivan ilya yulia zoya olga irina svetlana lyudmila aygul
    gülşən səbinə arif kərim tahir vaqif vagif
    """.split()
)
#: Words that names of firms, papers and places end or begin with.
NO_NAMES = frozenset(
    """
    hong kong trade bank group holding company corporation corp inc ltd llc plc gmbh university
    institute times post news journal herald press media agency airlines airways motors energy
    oil gas systems technologies street avenue road square park city river sea island bay lake
    mountain house court union council committee commission ministry department service services
    office center centre fund foundation association federation league club united states
    kingdom republic north south east west new san los las saint st january february march april
    may june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday the a an of and for in on at by to from with but if when while after
    before he she it they we i you his her its their our my your this that these those there
    here president minister prime foreign deputy chief director general secretary mr mrs ms dr
    professor sir lord lady king queen prince princess pope captain major colonel judge senator
    governor mayor ambassador awards award cup prize festival conference summit forum project
    open international national respublikası nazirliyi naziri prezidenti agentliyi şirkəti
    universiteti bankı cənab xanım
    """.split()
)


#: Nouns of posts, at the end of a title before a name.
POSTS = frozenset(
    """
    president minister chief director head spokesman spokeswoman spokesperson chairman
    chairwoman chair chancellor ceo mayor governor ambassador secretary professor analyst
    economist lawyer deputy general adviser advisor commissioner captain coach senator premier
    king queen pope judge prosecutor editor writer historian engineer founder researcher
    scientist envoy leader manager prezidenti prezident naziri nazir sədri sədr direktoru
    direktor rəisi müavini deputat deputatı sözçüsü rəhbəri səfiri nümayəndəsi katibi baş
    müəllimi professoru rektoru həkimi memarı mühəndisi
    """.split()
)
