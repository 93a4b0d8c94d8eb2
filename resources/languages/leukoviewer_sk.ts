<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="sk" sourcelanguage="en">
 <context>
  <name>MAC_APPLICATION_MENU</name>
  <message>
   <source>About %1</source>
   <translation>O programe %1</translation>
  </message>
  <message>
   <source>Hide %1</source>
   <translation>Skryť %1</translation>
  </message>
  <message>
   <source>Hide Others</source>
   <translation>Skryť ostatné</translation>
  </message>
  <message>
   <source>Preferences…</source>
   <translation>Nastavenia…</translation>
  </message>
  <message>
   <source>Quit %1</source>
   <translation>Ukončiť %1</translation>
  </message>
  <message>
   <source>Services</source>
   <translation>Služby</translation>
  </message>
  <message>
   <source>Show All</source>
   <translation>Zobraziť všetko</translation>
  </message>
 </context>
 <context>
  <name>QKeySequenceEdit</name>
  <message>
   <source>Press shortcut</source>
   <translation>Stlačte kláves</translation>
  </message>
 </context>
 <context>
  <name>QPlatformTheme</name>
  <message>
   <source>&amp;No</source>
   <translation>&amp;Nie</translation>
  </message>
  <message>
   <source>&amp;Yes</source>
   <translation>Á&amp;no</translation>
  </message>
  <message>
   <source>Abort</source>
   <translation>Prerušiť</translation>
  </message>
  <message>
   <source>Apply</source>
   <translation>Použiť</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Zrušiť</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Zavrieť</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>Zahodiť</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Pomocník</translation>
  </message>
  <message>
   <source>Ignore</source>
   <translation>Ignorovať</translation>
  </message>
  <message>
   <source>N&amp;o to All</source>
   <translation>Ni&amp;e všetkým</translation>
  </message>
  <message>
   <source>OK</source>
   <translation>OK</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Otvoriť</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>Obnoviť</translation>
  </message>
  <message>
   <source>Restore Defaults</source>
   <translation>Obnoviť predvolené</translation>
  </message>
  <message>
   <source>Retry</source>
   <translation>Skúsiť znova</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Uložiť</translation>
  </message>
  <message>
   <source>Save All</source>
   <translation>Uložiť všetko</translation>
  </message>
  <message>
   <source>Yes to &amp;All</source>
   <translation>Áno &amp;všetkým</translation>
  </message>
 </context>
 <context>
  <name>leukoviewer</name>
  <message>
   <source> (found instead: {})</source>
   <translation> (namiesto toho nájdené: {})</translation>
  </message>
  <message>
   <source> or </source>
   <translation> alebo </translation>
  </message>
  <message>
   <source>&amp;Add folder…</source>
   <translation>Prid&amp;ať priečinok…</translation>
  </message>
  <message>
   <source>&amp;Cancel</source>
   <translation>&amp;Zrušiť</translation>
  </message>
  <message>
   <source>&amp;Forget</source>
   <translation>Za&amp;budnúť</translation>
  </message>
  <message>
   <source>&amp;Open</source>
   <translation>&amp;Otvoriť</translation>
  </message>
  <message>
   <source>&amp;Pause</source>
   <translation>&amp;Pozastaviť</translation>
  </message>
  <message>
   <source>&amp;Restore</source>
   <translation>O&amp;bnoviť</translation>
  </message>
  <message>
   <source>&amp;Retry</source>
   <translation>Skúsiť &amp;znova</translation>
  </message>
  <message>
   <source>&amp;Start</source>
   <translation>&amp;Spustiť</translation>
  </message>
  <message>
   <source>(no HU)</source>
   <translation>(nie HU)</translation>
  </message>
  <message>
   <source>. slice</source>
   <translation>. rez</translation>
  </message>
  <message>
   <source>1:1</source>
   <translation>1:1</translation>
  </message>
  <message>
   <source>&lt;b&gt;LeukoViewer shows head CT scans and what trained networks say of them about leukoencephalopathy.&lt;/b&gt;</source>
   <translation>&lt;b&gt;LeukoViewer zobrazuje CT hlavy a to, čo o nich trénované siete hovoria z hľadiska leukoencefalopatie.&lt;/b&gt;</translation>
  </message>
  <message>
   <source>A damaged model {} is installed; remove it first: leukoviewer models remove {}.</source>
   <translation>Je nainštalovaný poškodený model {}; najprv ho odstráňte: leukoviewer models remove {}.</translation>
  </message>
  <message>
   <source>A few words on the result</source>
   <translation>Niekoľko slov k výsledku</translation>
  </message>
  <message>
   <source>A few words on the result; leave names out</source>
   <translation>Niekoľko slov k výsledku; neuvádzajte mená</translation>
  </message>
  <message>
   <source>A file of the series cannot be read any more; open the folder again.</source>
   <translation>Niektorý súbor série sa už nedá prečítať; otvorte priečinok znova.</translation>
  </message>
  <message>
   <source>A folder's name may hold a patient's name; off, the list is emptied and none is kept.</source>
   <translation>Názov priečinka môže obsahovať meno pacienta; ak je to vypnuté, zoznam sa vyprázdni a nič sa neukladá.</translation>
  </message>
  <message>
   <source>A folder's name may hold a patient's name; switch this off to keep no list</source>
   <translation>Názov priečinka môže obsahovať meno pacienta; vypnite to, ak sa zoznam nemá viesť</translation>
  </message>
  <message>
   <source>A lens; hold the key for a look</source>
   <translation>Lupa; podržaním klávesu len na pohľad</translation>
  </message>
  <message>
   <source>A little sure</source>
   <translation>Trochu istý</translation>
  </message>
  <message>
   <source>A localizer is a projection, so lengths and HU on it are not those of the patient; measure on slices.</source>
   <translation>Lokalizér je projekcia, takže dĺžky a HU na ňom nie sú dĺžky a HU pacienta; merajte na rezoch.</translation>
  </message>
  <message>
   <source>A model must not speak of what holds no brain.</source>
   <translation>O tom, v čom nie je mozog, model nesmie nič povedať.</translation>
  </message>
  <message>
   <source>A new window with the width and center that the picture has now</source>
   <translation>Nové okno so šírkou a stredom, ktoré má obraz teraz</translation>
  </message>
  <message>
   <source>A page would have {} million pixels; choose fewer slices a page or smaller pictures.</source>
   <translation>Strana by mala {} miliónov pixelov; zvoľte menej rezov na stranu alebo menšie obrázky.</translation>
  </message>
  <message>
   <source>A patient's folder, or one with many patients (Alt+A)</source>
   <translation>Priečinok jedného pacienta alebo s mnohými pacientmi (Alt+A)</translation>
  </message>
  <message>
   <source>A prior study in a second view</source>
   <translation>Skoršie vyšetrenie v druhom pohľade</translation>
  </message>
  <message>
   <source>A prior study in a zip archive</source>
   <translation>Predchádzajúce vyšetrenie v archíve zip</translation>
  </message>
  <message>
   <source>A quarter turn clockwise</source>
   <translation>O štvrť otáčky v smere hodinových ručičiek</translation>
  </message>
  <message>
   <source>A quarter turn the other way</source>
   <translation>O štvrť otáčky opačným smerom</translation>
  </message>
  <message>
   <source>A regular volume: models may run on it</source>
   <translation>Pravidelný objem: modely sa naň môžu spustiť</translation>
  </message>
  <message>
   <source>A saved session is damaged or of another version and cannot be restored; it is kept as {}.</source>
   <translation>Uložené sedenie je poškodené alebo inej verzie a nedá sa obnoviť; zostalo ako {}.</translation>
  </message>
  <message>
   <source>A second opinion, for research, on leukoencephalopathy in axial non-contrast head CT of adults: a score by slice, a vote by patient and a heatmap. Not for diagnosis.</source>
   <translation>Druhý názor pre výskum na leukoencefalopatiu na axiálnych natívnych CT hlavy dospelých: skóre rezu, hlasovanie o pacientovi a tepelná mapa. Nie na diagnostiku.</translation>
  </message>
  <message>
   <source>A single slice is</source>
   <translation>Jediný rez</translation>
  </message>
  <message>
   <source>A slice could not be written ({}); choose another place.</source>
   <translation>Rez sa nedal zapísať ({}); zvoľte iné miesto.</translation>
  </message>
  <message>
   <source>A slice is positive at or above this score</source>
   <translation>Rez je pozitívny od tohto skóre vyššie</translation>
  </message>
  <message>
   <source>A volume with warnings: models may run on it, with the warnings beside the score</source>
   <translation>Objem s upozorneniami: modely sa naň môžu spustiť, upozornenia stoja pri skóre</translation>
  </message>
  <message>
   <source>A window needs a name; type one or remove it.</source>
   <translation>Okno potrebuje názov; napíšte ho alebo okno odstráňte.</translation>
  </message>
  <message>
   <source>A window of your own; Settings has them</source>
   <translation>Vaše vlastné okno; upravuje sa v nastaveniach</translation>
  </message>
  <message>
   <source>A window over the gray levels of this slice</source>
   <translation>Okno cez všetky odtiene sivej tohto rezu</translation>
  </message>
  <message>
   <source>a window that is no number</source>
   <translation>okno, ktoré nie je číslo</translation>
  </message>
  <message>
   <source>A zip archive, or the folder of one DICOM file</source>
   <translation>Archív zip alebo priečinok jedného súboru DICOM</translation>
  </message>
  <message>
   <source>About and intended use</source>
   <translation>O programe a určené použitie</translation>
  </message>
  <message>
   <source>above 99 %</source>
   <translation>nad 99 %</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>Prijať</translation>
  </message>
  <message>
   <source>Accept the result</source>
   <translation>Prijať výsledok</translation>
  </message>
  <message>
   <source>accuracy at the operating point</source>
   <translation>správnosť v pracovnom bode</translation>
  </message>
  <message>
   <source>Action</source>
   <translation>Príkaz</translation>
  </message>
  <message>
   <source>Actions and their keys</source>
   <translation>Príkazy a ich klávesy</translation>
  </message>
  <message>
   <source>Add a folder to the worklist</source>
   <translation>Pridať priečinok do zoznamu práce</translation>
  </message>
  <message>
   <source>Add folders, or drop them here: each study found is a row and is scored in the background.</source>
   <translation>Pridajte priečinky alebo ich sem presuňte: každé nájdené vyšetrenie je riadok a skóruje sa na pozadí.</translation>
  </message>
  <message>
   <source>Add the present window</source>
   <translation>Pridať terajšie okno</translation>
  </message>
  <message>
   <source>After</source>
   <translation>Po</translation>
  </message>
  <message>
   <source>Age</source>
   <translation>Vek</translation>
  </message>
  <message>
   <source>Agreement with the model</source>
   <translation>Zhoda s modelom</translation>
  </message>
  <message>
   <source>All</source>
   <translation>Všetky</translation>
  </message>
  <message>
   <source>All attributes of the shown slice's file</source>
   <translation>Všetky atribúty súboru zobrazeného rezu</translation>
  </message>
  <message>
   <source>All data</source>
   <translation>Všetky údaje</translation>
  </message>
  <message>
   <source>All keys on one sheet</source>
   <translation>Všetky klávesy na jednom liste</translation>
  </message>
  <message>
   <source>All of them are even steps to the eye and safe for color blindness.</source>
   <translation>Všetky majú pre oko rovnomerné kroky a sú bezpečné pri farbosleposti.</translation>
  </message>
  <message>
   <source>All packages' results side by side</source>
   <translation>Výsledky všetkých balíkov vedľa seba</translation>
  </message>
  <message>
   <source>All series of the study</source>
   <translation>Všetky série vyšetrenia</translation>
  </message>
  <message>
   <source>All settings as they were before</source>
   <translation>Všetky nastavenia ako predtým</translation>
  </message>
  <message>
   <source>All slices with each model's scores</source>
   <translation>Všetky rezy so skóre každého modelu</translation>
  </message>
  <message>
   <source>All usual keys</source>
   <translation>Všetky obvyklé klávesy</translation>
  </message>
  <message>
   <source>An unexpected fault ({} at {}) stopped this; try again, report it if it comes back.</source>
   <translation>Zastavila to neočakávaná chyba ({} v {}); skúste to znova, a ak sa vráti, nahláste ju.</translation>
  </message>
  <message>
   <source>Angle</source>
   <translation>Uhol</translation>
  </message>
  <message>
   <source>Anonymous</source>
   <translation>Anonymný</translation>
  </message>
  <message>
   <source>another encoding than stated</source>
   <translation>iné kódovanie, ako je uvedené</translation>
  </message>
  <message>
   <source>Another model {} is installed; remove it first: leukoviewer models remove {}.</source>
   <translation>Je nainštalovaný iný model {}; najprv ho odstráňte: leukoviewer models remove {}.</translation>
  </message>
  <message>
   <source>ANOTHER PATIENT: differs in {}</source>
   <translation>INÝ PACIENT: nezhoduje sa {}</translation>
  </message>
  <message>
   <source>Another series beside this one. Each view has its own window, zoom and position</source>
   <translation>Iná séria vedľa tejto. Každý pohľad má vlastné okno, zväčšenie a polohu</translation>
  </message>
  <message>
   <source>Another series is shown now, so nothing was saved; ask for it again.</source>
   <translation>Teraz je zobrazená iná séria, preto sa nič neuložilo; požiadajte o to znova.</translation>
  </message>
  <message>
   <source>Appearance</source>
   <translation>Vzhľad</translation>
  </message>
  <message>
   <source>are irregular</source>
   <translation>sú nepravidelné</translation>
  </message>
  <message>
   <source>Area and HU inside a box: drag from corner to corner</source>
   <translation>Plocha a HU v obdĺžniku: ťahajte z rohu do rohu</translation>
  </message>
  <message>
   <source>Area and HU inside an ellipse: drag from corner to corner of its box</source>
   <translation>Plocha a HU v elipse: ťahajte z rohu do rohu jej rámčeka</translation>
  </message>
  <message>
   <source>Area and HU inside an outline: drag around it</source>
   <translation>Plocha a HU v obryse: obkreslite ho ťahaním</translation>
  </message>
  <message>
   <source>Arrow</source>
   <translation>Šípka</translation>
  </message>
  <message>
   <source>Arrow with text</source>
   <translation>Šípka s textom</translation>
  </message>
  <message>
   <source>As large as the patient's head is</source>
   <translation>V skutočnej veľkosti hlavy pacienta</translation>
  </message>
  <message>
   <source>As on the screen</source>
   <translation>Ako na obrazovke</translation>
  </message>
  <message>
   <source>As soon as a series is read that can be scored. Off, it runs when you ask for it (M).</source>
   <translation>Hneď ako je načítaná séria, ktorú možno skórovať. Ak je to vypnuté, spustí sa na vaše požiadanie (M).</translation>
  </message>
  <message>
   <source>As the computer</source>
   <translation>Podľa počítača</translation>
  </message>
  <message>
   <source>As the computer ({})</source>
   <translation>Podľa počítača ({})</translation>
  </message>
  <message>
   <source>at first: {}, {} of 5</source>
   <translation>najprv: {}, {} z 5</translation>
  </message>
  <message>
   <source>Attribute</source>
   <translation>Atribút</translation>
  </message>
  <message>
   <source>Attributes</source>
   <translation>Atribúty</translation>
  </message>
  <message>
   <source>AUC</source>
   <translation>AUC</translation>
  </message>
  <message>
   <source>Auto</source>
   <translation>Auto</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>Automaticky</translation>
  </message>
  <message>
   <source>automatic</source>
   <translation>automaticky</translation>
  </message>
  <message>
   <source>average precision</source>
   <translation>priemerná presnosť</translation>
  </message>
  <message>
   <source>Axial</source>
   <translation>Axiálne</translation>
  </message>
  <message>
   <source>Axial reformat</source>
   <translation>Axiálny reformát</translation>
  </message>
  <message>
   <source>Axial slices</source>
   <translation>Axiálne rezy</translation>
  </message>
  <message>
   <source>Axial, coronal, sagittal</source>
   <translation>Axiálne, koronálne, sagitálne</translation>
  </message>
  <message>
   <source>Back to the limits of the model package</source>
   <translation>Späť na hranice z balíka modelu</translation>
  </message>
  <message>
   <source>Back to the package's own limits</source>
   <translation>Späť na vlastné hranice balíka</translation>
  </message>
  <message>
   <source>Back to the study opened first</source>
   <translation>Späť k vyšetreniu otvorenému ako prvé</translation>
  </message>
  <message>
   <source>base</source>
   <translation>báza</translation>
  </message>
  <message>
   <source>becomes another one</source>
   <translation>sa zmení na inú</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Pred</translation>
  </message>
  <message>
   <source>Before the result you agreed with the model in {}; after it in {}.</source>
   <translation>Pred výsledkom ste sa s modelom zhodli v {}; po ňom v {}.</translation>
  </message>
  <message>
   <source>below 1 %</source>
   <translation>pod 1 %</translation>
  </message>
  <message>
   <source>Beside the keys that it has</source>
   <translation>Popri klávesoch, ktoré už má</translation>
  </message>
  <message>
   <source>Beside: {}</source>
   <translation>Vedľa: {}</translation>
  </message>
  <message>
   <source>best of {} axial series</source>
   <translation>najlepšia z axiálnych sérií: {}</translation>
  </message>
  <message>
   <source>birth date</source>
   <translation>dátum narodenia</translation>
  </message>
  <message>
   <source>Body part</source>
   <translation>Časť tela</translation>
  </message>
  <message>
   <source>Bone</source>
   <translation>Kosť</translation>
  </message>
  <message>
   <source>Bone  2500 / 480</source>
   <translation>Kosť  2500 / 480</translation>
  </message>
  <message>
   <source>bone kernel ({})</source>
   <translation>kostný kernel ({})</translation>
  </message>
  <message>
   <source>Bone spans {} mm in the slices, which is unusual for a head; it may be cut off or not a head.</source>
   <translation>Kosť má v rezoch rozpätie {} mm, čo je pre hlavu neobvyklé; môže byť orezaná alebo to nie je hlava.</translation>
  </message>
  <message>
   <source>Born</source>
   <translation>Narodený/á</translation>
  </message>
  <message>
   <source>born {}</source>
   <translation>nar. {}</translation>
  </message>
  <message>
   <source>both must reach</source>
   <translation>oboje musí dosiahnuť</translation>
  </message>
  <message>
   <source>Brain</source>
   <translation>Mozog</translation>
  </message>
  <message>
   <source>Brain  80 / 40</source>
   <translation>Mozog  80 / 40</translation>
  </message>
  <message>
   <source>Brain beside white matter</source>
   <translation>Mozog vedľa bielej hmoty</translation>
  </message>
  <message>
   <source>Brier score</source>
   <translation>Brierovo skóre</translation>
  </message>
  <message>
   <source>broken slices</source>
   <translation>nečitateľné rezy</translation>
  </message>
  <message>
   <source>Calibrated on {}</source>
   <translation>Kalibrované na: {}</translation>
  </message>
  <message>
   <source>Calibrated probability of the patient: {} (fitted on {}).</source>
   <translation>Kalibrovaná pravdepodobnosť pacienta: {} (nastavená na: {}).</translation>
  </message>
  <message>
   <source>Calibrated probability of the patient: {} (fitted on {}; it does not hold for real patients).</source>
   <translation>Kalibrovaná pravdepodobnosť pacienta: {} (nastavená na: {}; pre skutočných pacientov neplatí).</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Zrušiť</translation>
  </message>
  <message>
   <source>Captured pictures are left out and told</source>
   <translation>Zachytené obrázky sa vynechajú a oznámia</translation>
  </message>
  <message>
   <source>Cells about {} mm; one scale a scan</source>
   <translation>Bunky asi {} mm; jedna stupnica na sken</translation>
  </message>
  <message>
   <source>Cells are coarse; one scale a scan</source>
   <translation>Bunky sú hrubé; jedna stupnica na sken</translation>
  </message>
  <message>
   <source>Center</source>
   <translation>Stred</translation>
  </message>
  <message>
   <source>Center of own window {} in HU</source>
   <translation>Stred vlastného okna {} v HU</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Zmeniť</translation>
  </message>
  <message>
   <source>Change your opinion</source>
   <translation>Zmeniť názor</translation>
  </message>
  <message>
   <source>Changed toward the model: {}. Changed away from it: {}. Unchanged: {}.</source>
   <translation>Zmenené k modelu: {}. Zmenené od modelu: {}. Nezmenené: {}.</translation>
  </message>
  <message>
   <source>Check</source>
   <translation>Overiť</translation>
  </message>
  <message>
   <source>Check again</source>
   <translation>Overiť znova</translation>
  </message>
  <message>
   <source>Check if it can be trusted here</source>
   <translation>Overiť, či jej tu možno dôverovať</translation>
  </message>
  <message>
   <source>Check the heatmap of the shown result; this takes about as long as two runs</source>
   <translation>Overiť tepelnú mapu zobrazeného výsledku; trvá to asi ako dva behy</translation>
  </message>
  <message>
   <source>Checked are the slices where the model is surest. The slices are moved a little and mirrored: the heatmap must move with them. The hot region is painted over: the score must fall more than without other regions of the same size. The model's weights are shuffled: the heatmap must become another one. A heatmap that passes may still be wrong.</source>
   <translation>Overujú sa rezy, pri ktorých si je model najistejší. Rezy sa trochu posunú a zrkadlovo obrátia: tepelná mapa sa musí pohnúť s nimi. Horúca oblasť sa zamaľuje: skóre musí klesnúť viac ako bez iných oblastí rovnakej veľkosti. Váhy modelu sa zamiešajú: tepelná mapa sa musí zmeniť na inú. Aj tepelná mapa, ktorá obstojí, môže byť nesprávna.</translation>
  </message>
  <message>
   <source>Checking the heatmap</source>
   <translation>Overuje sa tepelná mapa</translation>
  </message>
  <message>
   <source>Checking the heatmap was stopped; there is no verdict.</source>
   <translation>Overenie tepelnej mapy bolo zastavené; verdikt nie je.</translation>
  </message>
  <message>
   <source>child</source>
   <translation>dieťa</translation>
  </message>
  <message>
   <source>Choose an answer and a confidence first</source>
   <translation>Najprv zvoľte odpoveď a istotu</translation>
  </message>
  <message>
   <source>Cine</source>
   <translation>Cine</translation>
  </message>
  <message>
   <source>Cine to and fro, {} slices a second</source>
   <translation>Cine tam a späť, {} rezov za sekundu</translation>
  </message>
  <message>
   <source>Cine turns at the ends</source>
   <translation>Cine sa na koncoch obracia</translation>
  </message>
  <message>
   <source>Cine, {} slices a second</source>
   <translation>Cine, {} rezov za sekundu</translation>
  </message>
  <message>
   <source>Cine: fewer slices a second</source>
   <translation>Cine: menej rezov za sekundu</translation>
  </message>
  <message>
   <source>Cine: more slices a second</source>
   <translation>Cine: viac rezov za sekundu</translation>
  </message>
  <message>
   <source>Clear this list</source>
   <translation>Vymazať tento zoznam</translation>
  </message>
  <message>
   <source>Click on a measurement</source>
   <translation>Kliknutie na meranie</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Zavrieť</translation>
  </message>
  <message>
   <source>Close study beside</source>
   <translation>Zavrieť vyšetrenie vedľa</translation>
  </message>
  <message>
   <source>Close the program</source>
   <translation>Zavrieť program</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>Zavrieť túto správu</translation>
  </message>
  <message>
   <source>Close this window; the work goes on (Esc)</source>
   <translation>Zavrieť toto okno; práca pokračuje (Esc)</translation>
  </message>
  <message>
   <source>Colors of the heatmap</source>
   <translation>Farby tepelnej mapy</translation>
  </message>
  <message>
   <source>Columns</source>
   <translation>Stĺpce</translation>
  </message>
  <message>
   <source>Comment</source>
   <translation>Komentár</translation>
  </message>
  <message>
   <source>Comment on the result</source>
   <translation>Komentár k výsledku</translation>
  </message>
  <message>
   <source>Comment on the result…</source>
   <translation>Komentár k výsledku…</translation>
  </message>
  <message>
   <source>Compare packages</source>
   <translation>Porovnať balíky</translation>
  </message>
  <message>
   <source>Compare packages…</source>
   <translation>Porovnať balíky…</translation>
  </message>
  <message>
   <source>Comparing copies</source>
   <translation>Porovnávajú sa kópie</translation>
  </message>
  <message>
   <source>compressed image whose encoding is not stated</source>
   <translation>komprimovaný obraz bez uvedeného kódovania</translation>
  </message>
  <message>
   <source>compressed pixel data, not loaded ({})</source>
   <translation>komprimované dáta pixelov, nenačítané ({})</translation>
  </message>
  <message>
   <source>Compressed with loss</source>
   <translation>Stratová kompresia</translation>
  </message>
  <message>
   <source>Computed when chosen, by a pass of its own; scores and vote stay as they are.</source>
   <translation>Počíta sa až po výbere, vlastným priechodom; skóre a hlasovanie sa nemenia.</translation>
  </message>
  <message>
   <source>Computing {}</source>
   <translation>Počíta sa {}</translation>
  </message>
  <message>
   <source>Confidence</source>
   <translation>Istota</translation>
  </message>
  <message>
   <source>Confidence {}</source>
   <translation>Istota {}</translation>
  </message>
  <message>
   <source>contrast</source>
   <translation>kontrast</translation>
  </message>
  <message>
   <source>Contrast agent</source>
   <translation>Kontrastná látka</translation>
  </message>
  <message>
   <source>contrast agent</source>
   <translation>kontrastná látka</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopírovať</translation>
  </message>
  <message>
   <source>Copy all</source>
   <translation>Kopírovať všetko</translation>
  </message>
  <message>
   <source>Copy diagnostics</source>
   <translation>Kopírovať diagnostiku programu</translation>
  </message>
  <message>
   <source>Copy found</source>
   <translation>Kopírovať nájdené</translation>
  </message>
  <message>
   <source>Copy selection</source>
   <translation>Kopírovať výber</translation>
  </message>
  <message>
   <source>Copy value</source>
   <translation>Kopírovať hodnotu</translation>
  </message>
  <message>
   <source>Coronal reformat</source>
   <translation>Koronálny reformát</translation>
  </message>
  <message>
   <source>could not be read</source>
   <translation>nedal sa prečítať</translation>
  </message>
  <message>
   <source>Counts at each place only what raises the score there.</source>
   <translation>Na každom mieste počíta len to, čo tam skóre zvyšuje.</translation>
  </message>
  <message>
   <source>Covered</source>
   <translation>Pokryté</translation>
  </message>
  <message>
   <source>Cross-reference lines</source>
   <translation>Čiary ostatných rovín</translation>
  </message>
  <message>
   <source>Crosshair to the back</source>
   <translation>Kríž dozadu</translation>
  </message>
  <message>
   <source>Crosshair to the feet</source>
   <translation>Kríž k nohám</translation>
  </message>
  <message>
   <source>Crosshair to the front</source>
   <translation>Kríž dopredu</translation>
  </message>
  <message>
   <source>Crosshair to the head</source>
   <translation>Kríž k hlave</translation>
  </message>
  <message>
   <source>Crosshair to the left</source>
   <translation>Kríž doľava</translation>
  </message>
  <message>
   <source>Crosshair to the right</source>
   <translation>Kríž doprava</translation>
  </message>
  <message>
   <source>Ctrl + wheel</source>
   <translation>Ctrl + koliesko</translation>
  </message>
  <message>
   <source>damaged DICOM file</source>
   <translation>poškodený súbor DICOM</translation>
  </message>
  <message>
   <source>damaged DICOM file (nested too deep)</source>
   <translation>poškodený súbor DICOM (príliš hlboko vnorený)</translation>
  </message>
  <message>
   <source>damaged DICOM file (too many elements)</source>
   <translation>poškodený súbor DICOM (príliš veľa prvkov)</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Tmavý</translation>
  </message>
  <message>
   <source>Dark for bright</source>
   <translation>Tmavé namiesto svetlého</translation>
  </message>
  <message>
   <source>Date</source>
   <translation>Dátum</translation>
  </message>
  <message>
   <source>Decoding ({}) took longer than {} s.</source>
   <translation>Dekódovanie ({}) trvalo dlhšie ako {} s.</translation>
  </message>
  <message>
   <source>Decoding took more memory than it may.</source>
   <translation>Dekódovanie potrebovalo viac pamäte, ako smie.</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Odstrániť</translation>
  </message>
  <message>
   <source>Deletion</source>
   <translation>Vymazanie</translation>
  </message>
  <message>
   <source>Demo patient (simulated)</source>
   <translation>Demo pacient (simulovaný)</translation>
  </message>
  <message>
   <source>derived images</source>
   <translation>odvodené obrazy</translation>
  </message>
  <message>
   <source>Description</source>
   <translation>Popis</translation>
  </message>
  <message>
   <source>Detail finer than that is not seen by the model; it was trained on slices of this size.</source>
   <translation>Jemnejšie podrobnosti model nevidí; bol trénovaný na rezoch tejto veľkosti.</translation>
  </message>
  <message>
   <source>Diagnostics are in the clipboard: versions, engines, models, settings, log; nothing of patients.</source>
   <translation>Diagnostika programu je v schránke: verzie, výpočtové jadrá, modely, nastavenia, denník; nič o pacientoch.</translation>
  </message>
  <message>
   <source>DICOM PS3.15, basic profile. The folder gets a list of all that was removed.</source>
   <translation>DICOM PS3.15, základný profil. Do priečinka sa uloží zoznam všetkého, čo bolo odstránené.</translation>
  </message>
  <message>
   <source>DICOM results can be made only of series that are stored one slice a file.</source>
   <translation>Výsledky DICOM sa dajú vytvoriť len zo sérií, ktoré majú v každom súbore jeden rez.</translation>
  </message>
  <message>
   <source>DICOM results cannot be made: the headers of the series lack what they must refer to.</source>
   <translation>Výsledky DICOM sa nedajú vytvoriť: hlavičkám série chýba, na čo sa musia odvolať.</translation>
  </message>
  <message>
   <source>DICOM results cannot be made: the series has no Frame of Reference UID.</source>
   <translation>Výsledky DICOM sa nedajú vytvoriť: séria nemá UID referenčného rámca.</translation>
  </message>
  <message>
   <source>DICOM results need highdicom; install it by pip install leukoviewer[results].</source>
   <translation>Výsledky DICOM potrebujú highdicom; nainštalujte ho: pip install leukoviewer[results].</translation>
  </message>
  <message>
   <source>DICOM tags</source>
   <translation>Značky DICOM</translation>
  </message>
  <message>
   <source>DICOM tags…</source>
   <translation>Značky DICOM…</translation>
  </message>
  <message>
   <source>DICOM without the patient</source>
   <translation>DICOM bez pacienta</translation>
  </message>
  <message>
   <source>DICOM's own</source>
   <translation>Z DICOM</translation>
  </message>
  <message>
   <source>Display</source>
   <translation>Zobrazenie</translation>
  </message>
  <message>
   <source>Distances between slices {}: {} to {} mm, median {} mm; {} mm between slices {} and {}.</source>
   <translation>Vzdialenosti rezov {0}: {1} až {2} mm, medián {3} mm; {4} mm medzi rezmi {5} a {6}.</translation>
  </message>
  <message>
   <source>Do not offer it again; measurements stay (Alt+F)</source>
   <translation>Už neponúkať; merania zostanú (Alt+F)</translation>
  </message>
  <message>
   <source>Do not score the selected rows (Alt+C)</source>
   <translation>Vybrané riadky neskórovať (Alt+C)</translation>
  </message>
  <message>
   <source>does not stay</source>
   <translation>nezostane</translation>
  </message>
  <message>
   <source>done</source>
   <translation>hotové</translation>
  </message>
  <message>
   <source>Dose report</source>
   <translation>Správa o dávke</translation>
  </message>
  <message>
   <source>Double click</source>
   <translation>Dvojité kliknutie</translation>
  </message>
  <message>
   <source>Drop a folder with DICOM images here, or choose one.</source>
   <translation>Presuňte sem priečinok s obrazmi DICOM alebo ho vyberte.</translation>
  </message>
  <message>
   <source>duplicate files</source>
   <translation>duplicitné súbory</translation>
  </message>
  <message>
   <source>duplicate positions</source>
   <translation>duplicitné polohy</translation>
  </message>
  <message>
   <source>duplicates</source>
   <translation>duplicity</translation>
  </message>
  <message>
   <source>Each slice of {} is resampled to {}.</source>
   <translation>Každý rez s {} je prevzorkovaný na {}.</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Úpravy</translation>
  </message>
  <message>
   <source>Eigen-CAM for curved patterns; it does not ask what raises the score either.</source>
   <translation>Eigen-CAM pre zakrivené vzory; ani ona sa nepýta, čo skóre zvyšuje.</translation>
  </message>
  <message>
   <source>Ellipse</source>
   <translation>Elipsa</translation>
  </message>
  <message>
   <source>Else the slice stays where it is.</source>
   <translation>Inak rez zostane, kde je.</translation>
  </message>
  <message>
   <source>Emptied: {}</source>
   <translation>Vyprázdnené: {}</translation>
  </message>
  <message>
   <source>Encoding</source>
   <translation>Kódovanie</translation>
  </message>
  <message>
   <source>encoding</source>
   <translation>kódovanie</translation>
  </message>
  <message>
   <source>encrypted in the archive</source>
   <translation>zašifrované v archíve</translation>
  </message>
  <message>
   <source>Esc always stops and leaves; it cannot be given away.</source>
   <translation>Esc vždy zastavuje a odchádza; nemožno ho prideliť.</translation>
  </message>
  <message>
   <source>Esc stops</source>
   <translation>Esc zastaví</translation>
  </message>
  <message>
   <source>every </source>
   <translation>každý </translation>
  </message>
  <message>
   <source>Every action gets its usual key back</source>
   <translation>Každý príkaz dostane späť svoj obvyklý kláves</translation>
  </message>
  <message>
   <source>Every how manieth slice</source>
   <translation>Koľký rez sa berie</translation>
  </message>
  <message>
   <source>expected calibration error</source>
   <translation>očakávaná chyba kalibrácie</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Export</translation>
  </message>
  <message>
   <source>Export as CSV…</source>
   <translation>Exportovať ako CSV…</translation>
  </message>
  <message>
   <source>Export CSV…</source>
   <translation>Exportovať CSV…</translation>
  </message>
  <message>
   <source>Export feedback</source>
   <translation>Exportovať spätnú väzbu</translation>
  </message>
  <message>
   <source>Export feedback…</source>
   <translation>Exportovať spätnú väzbu…</translation>
  </message>
  <message>
   <source>Export measurements</source>
   <translation>Exportovať merania</translation>
  </message>
  <message>
   <source>Export measurements…</source>
   <translation>Exportovať merania…</translation>
  </message>
  <message>
   <source>Export your statistics</source>
   <translation>Exportovať vašu štatistiku</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportovať…</translation>
  </message>
  <message>
   <source>external</source>
   <translation>externé</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>zlyhalo</translation>
  </message>
  <message>
   <source>fall of the logit without the hot region</source>
   <translation>pokles logitu bez horúcej oblasti</translation>
  </message>
  <message>
   <source>Faster</source>
   <translation>Rýchlejšie</translation>
  </message>
  <message>
   <source>Feedback on {} series was saved; {} of them without a label of the patient, which a trainer leaves out.</source>
   <translation>Uložená spätná väzba, počet sérií: {}; z toho bez označenia pacienta, ktoré trénovanie vynechá: {}.</translation>
  </message>
  <message>
   <source>Fidelity</source>
   <translation>Vernosť</translation>
  </message>
  <message>
   <source>Fidelity, {}</source>
   <translation>Vernosť, {}</translation>
  </message>
  <message>
   <source>Fidelity…</source>
   <translation>Vernosť…</translation>
  </message>
  <message>
   <source>Field of view</source>
   <translation>Zorné pole</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Súbor</translation>
  </message>
  <message>
   <source>file larger than 256 MB</source>
   <translation>súbor väčší ako 256 MB</translation>
  </message>
  <message>
   <source>file too large</source>
   <translation>príliš veľký súbor</translation>
  </message>
  <message>
   <source>Files</source>
   <translation>Súbory</translation>
  </message>
  <message>
   <source>Files depart from the standard and were read all the same: {}.</source>
   <translation>Súbory sa odchyľujú od štandardu, napriek tomu boli prečítané: {}.</translation>
  </message>
  <message>
   <source>Film (GIF)</source>
   <translation>Film (GIF)</translation>
  </message>
  <message>
   <source>Film (MP4)</source>
   <translation>Film (MP4)</translation>
  </message>
  <message>
   <source>Findings</source>
   <translation>Nálezy</translation>
  </message>
  <message>
   <source>Findings by slice</source>
   <translation>Nálezy po rezoch</translation>
  </message>
  <message>
   <source>Findings by slice…</source>
   <translation>Nálezy po rezoch…</translation>
  </message>
  <message>
   <source>Fine detail was lost before these files were made; HU and edges may be off.</source>
   <translation>Jemné podrobnosti sa stratili ešte pred vznikom týchto súborov; HU a hrany môžu byť nepresné.</translation>
  </message>
  <message>
   <source>first</source>
   <translation>prvý</translation>
  </message>
  <message>
   <source>First slice</source>
   <translation>Prvý rez</translation>
  </message>
  <message>
   <source>First window</source>
   <translation>Prvé okno</translation>
  </message>
  <message>
   <source>First: {}</source>
   <translation>Prvé: {}</translation>
  </message>
  <message>
   <source>Fit</source>
   <translation>Prispôsobiť</translation>
  </message>
  <message>
   <source>Flip and turn</source>
   <translation>Preklopenie a otočenie</translation>
  </message>
  <message>
   <source>Flip left to right</source>
   <translation>Preklopiť vľavo-vpravo</translation>
  </message>
  <message>
   <source>Flip top to bottom</source>
   <translation>Preklopiť hore-dole</translation>
  </message>
  <message>
   <source>Flipped left to right</source>
   <translation>Preklopené vľavo-vpravo</translation>
  </message>
  <message>
   <source>Flipped top to bottom</source>
   <translation>Preklopené hore-dole</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Priečinok</translation>
  </message>
  <message>
   <source>Folder for the DICOM files</source>
   <translation>Priečinok pre súbory DICOM</translation>
  </message>
  <message>
   <source>Folder for the DICOM results</source>
   <translation>Priečinok pre výsledky DICOM</translation>
  </message>
  <message>
   <source>folder too deep</source>
   <translation>príliš hlboký priečinok</translation>
  </message>
  <message>
   <source>Fossa</source>
   <translation>Jama</translation>
  </message>
  <message>
   <source>Found {} files</source>
   <translation>Nájdené súbory: {}</translation>
  </message>
  <message>
   <source>Four views</source>
   <translation>Štyri pohľady</translation>
  </message>
  <message>
   <source>Frame of reference UID</source>
   <translation>UID referenčného rámca</translation>
  </message>
  <message>
   <source>Frames</source>
   <translation>Snímky</translation>
  </message>
  <message>
   <source>Frames a second</source>
   <translation>Snímok za sekundu</translation>
  </message>
  <message>
   <source>Freehand</source>
   <translation>Voľnou rukou</translation>
  </message>
  <message>
   <source>Full screen</source>
   <translation>Celá obrazovka</translation>
  </message>
  <message>
   <source>Gantry tilt</source>
   <translation>Sklon gantry</translation>
  </message>
  <message>
   <source>gap</source>
   <translation>medzera</translation>
  </message>
  <message>
   <source>gaps</source>
   <translation>medzery</translation>
  </message>
  <message>
   <source>Geometry</source>
   <translation>Geometria</translation>
  </message>
  <message>
   <source>Go to the most suspicious slice after a run</source>
   <translation>Po behu prejsť na najpodozrivejší rez</translation>
  </message>
  <message>
   <source>Go to the next one of the list</source>
   <translation>Prejsť na ďalšie zo zoznamu</translation>
  </message>
  <message>
   <source>Go to the next slice that one model calls positive and another negative</source>
   <translation>Prejsť na ďalší rez, ktorý jeden model označuje za pozitívny a iný za negatívny</translation>
  </message>
  <message>
   <source>Go to the one before</source>
   <translation>Prejsť na predchádzajúce</translation>
  </message>
  <message>
   <source>Grad-CAM made to show several separate places in one slice more evenly.</source>
   <translation>Grad-CAM upravená tak, aby viac oddelených miest v jednom reze ukázala rovnomernejšie.</translation>
  </message>
  <message>
   <source>Grad-CAM of {} {}</source>
   <translation>Grad-CAM modelu {} {}</translation>
  </message>
  <message>
   <source>Grad-CAM that counts a feature more where it is strong.</source>
   <translation>Grad-CAM, ktorá príznak počíta viac tam, kde je silný.</translation>
  </message>
  <message>
   <source>Gray levels are no HU; windows in HU mean nothing.</source>
   <translation>Odtiene sivej nie sú HU; okná v HU nič neznamenajú.</translation>
  </message>
  <message>
   <source>Hardly sure</source>
   <translation>Sotva istý</translation>
  </message>
  <message>
   <source>Heatmap</source>
   <translation>Tepelná mapa</translation>
  </message>
  <message>
   <source>Heatmap by {}, {:.1f} s.</source>
   <translation>Tepelná mapa metódou {}, {:.1f} s.</translation>
  </message>
  <message>
   <source>Heatmap by {}.</source>
   <translation>Tepelná mapa metódou {}.</translation>
  </message>
  <message>
   <source>Heatmap on or off</source>
   <translation>Tepelná mapa zapnutá alebo vypnutá</translation>
  </message>
  <message>
   <source>Heatmap stronger</source>
   <translation>Výraznejšia tepelná mapa</translation>
  </message>
  <message>
   <source>Heatmap weaker</source>
   <translation>Slabšia tepelná mapa</translation>
  </message>
  <message>
   <source>Heatmaps by {} need PyTorch and pytorch-grad-cam; install both with: pip install leukoviewer[gpu].</source>
   <translation>Tepelné mapy metódou {} potrebujú PyTorch a pytorch-grad-cam; nainštalujte oboje: pip install leukoviewer[gpu].</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Pomocník</translation>
  </message>
  <message>
   <source>Histogram</source>
   <translation>Histogram</translation>
  </message>
  <message>
   <source>Honesty of the heatmap</source>
   <translation>Dôveryhodnosť tepelnej mapy</translation>
  </message>
  <message>
   <source>Honesty of the heatmap…</source>
   <translation>Dôveryhodnosť tepelnej mapy…</translation>
  </message>
  <message>
   <source>Hottest minus coldest model: bright where they differ.</source>
   <translation>Najteplejší mínus najchladnejší model: svetlé, kde sa líšia.</translation>
  </message>
  <message>
   <source>How often you and the model agree</source>
   <translation>Ako často sa s modelom zhodujete</translation>
  </message>
  <message>
   <source>How true display and model input are to the scan</source>
   <translation>Ako verne zodpovedajú zobrazenie a vstup modelu skenu</translation>
  </message>
  <message>
   <source>How well the model does on such scans was never measured.</source>
   <translation>Ako dobre si model vedie na takých skenoch, sa nikdy nemeralo.</translation>
  </message>
  <message>
   <source>I understand</source>
   <translation>Rozumiem</translation>
  </message>
  <message>
   <source>ID</source>
   <translation>ID</translation>
  </message>
  <message>
   <source>ID {}</source>
   <translation>ID {}</translation>
  </message>
  <message>
   <source>image larger than 64 megapixels</source>
   <translation>obraz väčší ako 64 megapixelov</translation>
  </message>
  <message>
   <source>Image type</source>
   <translation>Typ obrazu</translation>
  </message>
  <message>
   <source>image with an unknown pixel format</source>
   <translation>obraz s neznámym formátom pixelov</translation>
  </message>
  <message>
   <source>image with more frames than its file holds</source>
   <translation>obraz s viac snímkami, ako je v súbore</translation>
  </message>
  <message>
   <source>image without a size</source>
   <translation>obraz bez veľkosti</translation>
  </message>
  <message>
   <source>Image without pixels</source>
   <translation>Obraz bez pixelov</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>Obrazy</translation>
  </message>
  <message>
   <source>Initials, sex and age</source>
   <translation>Iniciály, pohlavie a vek</translation>
  </message>
  <message>
   <source>Interpolated</source>
   <translation>Interpolované</translation>
  </message>
  <message>
   <source>Invert</source>
   <translation>Inverzia</translation>
  </message>
  <message>
   <source>Invert gray levels</source>
   <translation>Invertovať odtiene sivej</translation>
  </message>
  <message>
   <source>irregular</source>
   <translation>nepravidelné</translation>
  </message>
  <message>
   <source>irregular spacing</source>
   <translation>nepravidelné rozostupy</translation>
  </message>
  <message>
   <source>is unknown to this version</source>
   <translation>táto verzia ho nepozná</translation>
  </message>
  <message>
   <source>It becomes the active one</source>
   <translation>Stane sa aktívnym</translation>
  </message>
  <message>
   <source>It is made for research. It is &lt;b&gt;not a medical device and not for diagnosis&lt;/b&gt;. Its output is no replacement for the clinician's complete review of the images.</source>
   <translation>Je určený na výskum. &lt;b&gt;Nie je zdravotnícka pomôcka a nie je na diagnostiku&lt;/b&gt;. Jeho výstup nenahrádza úplné posúdenie snímok lekárom.</translation>
  </message>
  <message>
   <source>Item {}</source>
   <translation>Položka {}</translation>
  </message>
  <message>
   <source>Its HU do not fit 16 bits, and the series is too large for more.</source>
   <translation>Jeho HU sa nezmestia do 16 bitov a séria je na viac príliš veľká.</translation>
  </message>
  <message>
   <source>its slices stand across</source>
   <translation>jej rezy stoja naprieč</translation>
  </message>
  <message>
   <source>joined</source>
   <translation>spojené</translation>
  </message>
  <message>
   <source>joined series</source>
   <translation>spojené série</translation>
  </message>
  <message>
   <source>JPEG baseline</source>
   <translation>JPEG základný</translation>
  </message>
  <message>
   <source>Keep the opinion as it is</source>
   <translation>Ponechať názor, ako je</translation>
  </message>
  <message>
   <source>Keep this opinion with its time (Return)</source>
   <translation>Uložiť tento názor s časom (Return)</translation>
  </message>
  <message>
   <source>Kernel</source>
   <translation>Kernel</translation>
  </message>
  <message>
   <source>Kernel {}</source>
   <translation>Kernel {}</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Kľúč.</translation>
  </message>
  <message>
   <source>Key image</source>
   <translation>Kľúčový obraz</translation>
  </message>
  <message>
   <source>key image</source>
   <translation>kľúčový obraz</translation>
  </message>
  <message>
   <source>Key images</source>
   <translation>Kľúčové obrazy</translation>
  </message>
  <message>
   <source>Key slices</source>
   <translation>Kľúčové rezy</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Klávesy</translation>
  </message>
  <message>
   <source>Keys go to the slices while reformats show.</source>
   <translation>Kým sú zobrazené reformáty, klávesy patria rezom.</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Druh</translation>
  </message>
  <message>
   <source>labeled as a head scan</source>
   <translation>označená ako sken hlavy</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Jazyk</translation>
  </message>
  <message>
   <source>Larger</source>
   <translation>Väčšie</translation>
  </message>
  <message>
   <source>last</source>
   <translation>posledný</translation>
  </message>
  <message>
   <source>Last slice</source>
   <translation>Posledný rez</translation>
  </message>
  <message>
   <source>Layout</source>
   <translation>Rozloženie</translation>
  </message>
  <message>
   <source>Leaves out, feature by feature, what lowers the score.</source>
   <translation>Vynecháva príznak po príznaku to, čo skóre znižuje.</translation>
  </message>
  <message>
   <source>Left and right exchanged</source>
   <translation>Vymení ľavú a pravú stranu</translation>
  </message>
  <message>
   <source>Left drag</source>
   <translation>Ťahanie ľavým</translation>
  </message>
  <message>
   <source>Left drag: width by up and down, center by left and right</source>
   <translation>Ťahanie ľavým: šírka hore a dole, stred vľavo a vpravo</translation>
  </message>
  <message>
   <source>Left out: {} records that cannot be read.</source>
   <translation>Vynechané záznamy, ktoré sa nedajú prečítať: {}.</translation>
  </message>
  <message>
   <source>Left out: {} series whose folder is no longer there.</source>
   <translation>Vynechané série, ktorých priečinok už neexistuje: {}.</translation>
  </message>
  <message>
   <source>Left out: {} series. {}</source>
   <translation>Vynechané série: {}. {}</translation>
  </message>
  <message>
   <source>Left press or drag on a reformat</source>
   <translation>Stlačenie alebo ťahanie ľavým na reformáte</translation>
  </message>
  <message>
   <source>Length</source>
   <translation>Dĺžka</translation>
  </message>
  <message>
   <source>length left open</source>
   <translation>dĺžka neurčená</translation>
  </message>
  <message>
   <source>Less opacity of the heatmap</source>
   <translation>Menšie krytie tepelnej mapy</translation>
  </message>
  <message>
   <source>Leukoencephalopathy</source>
   <translation>Leukoencefalopatia</translation>
  </message>
  <message>
   <source>leukoencephalopathy</source>
   <translation>leukoencefalopatia</translation>
  </message>
  <message>
   <source>LeukoViewer is under the Apache License 2.0. It uses Qt under the LGPL 3.0, as libraries of their own that may be replaced. &lt;a href="{}"&gt;All parts and their licenses&lt;/a&gt;</source>
   <translation>LeukoViewer je pod licenciou Apache License 2.0. Používa Qt pod LGPL 3.0 ako samostatné knižnice, ktoré možno vymeniť. &lt;a href="{}"&gt;Všetky časti a ich licencie&lt;/a&gt;</translation>
  </message>
  <message>
   <source>LeukoViewer was not closed properly. Open again what was open on {} (slice {})?</source>
   <translation>LeukoViewer nebol riadne zatvorený. Otvoriť znova, čo bolo otvorené {} (rez {})?</translation>
  </message>
  <message>
   <source>LeukoViewer was not closed properly. Open again what was open then (slice {})?</source>
   <translation>LeukoViewer nebol riadne zatvorený. Otvoriť znova, čo bolo vtedy otvorené (rez {})?</translation>
  </message>
  <message>
   <source>LeukoViewer: intended use</source>
   <translation>LeukoViewer: určené použitie</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Svetlý</translation>
  </message>
  <message>
   <source>likeness, moved, mean</source>
   <translation>podobnosť, po posunutí, priemer</translation>
  </message>
  <message>
   <source>likeness, {}</source>
   <translation>podobnosť, {}</translation>
  </message>
  <message>
   <source>Link from here</source>
   <translation>Prepojiť odtiaľto</translation>
  </message>
  <message>
   <source>link not followed</source>
   <translation>odkaz sa nesledoval</translation>
  </message>
  <message>
   <source>Linked</source>
   <translation>Prepojené</translation>
  </message>
  <message>
   <source>Linked by position</source>
   <translation>Prepojené podľa polohy</translation>
  </message>
  <message>
   <source>Linked by position; nearest slice, {:.0f} mm away</source>
   <translation>Prepojené podľa polohy; najbližší rez je vzdialený {:.0f} mm</translation>
  </message>
  <message>
   <source>Linked by slice fraction: {}</source>
   <translation>Prepojené podľa podielu rezov: {}</translation>
  </message>
  <message>
   <source>Linked from where you set it</source>
   <translation>Prepojené od miesta, ktoré ste určili</translation>
  </message>
  <message>
   <source>Loading slice {} …</source>
   <translation>Načítava sa rez {} …</translation>
  </message>
  <message>
   <source>Loading slices</source>
   <translation>Načítavajú sa rezy</translation>
  </message>
  <message>
   <source>Loading slices: {} of {}</source>
   <translation>Načítavajú sa rezy: {} z {}</translation>
  </message>
  <message>
   <source>Loading the model</source>
   <translation>Načítava sa model</translation>
  </message>
  <message>
   <source>Loading was stopped before this slice was read.</source>
   <translation>Načítavanie bolo zastavené skôr, ako sa tento rez prečítal.</translation>
  </message>
  <message>
   <source>Loading …</source>
   <translation>Načítava sa …</translation>
  </message>
  <message>
   <source>Localization not trustworthy here: {}.</source>
   <translation>Lokalizácia tu nie je dôveryhodná: {}.</translation>
  </message>
  <message>
   <source>Localization not trustworthy here: {}{}.</source>
   <translation>Lokalizácia tu nie je dôveryhodná: {}{}.</translation>
  </message>
  <message>
   <source>Localizer</source>
   <translation>Lokalizér</translation>
  </message>
  <message>
   <source>Localizer (a projection)</source>
   <translation>Lokalizér (projekcia)</translation>
  </message>
  <message>
   <source>Longer side of a picture</source>
   <translation>Dlhšia strana obrázka</translation>
  </message>
  <message>
   <source>Longer side of each picture</source>
   <translation>Dlhšia strana každého obrázka</translation>
  </message>
  <message>
   <source>Look at the pictures yourself: words that are burned into pixels cannot be seen by the program.</source>
   <translation>Prezrite si obrázky sami: slová vpálené do pixelov program nevidí.</translation>
  </message>
  <message>
   <source>Looking for engines</source>
   <translation>Hľadajú sa výpočtové jadrá</translation>
  </message>
  <message>
   <source>Looking for graphics processors</source>
   <translation>Hľadajú sa grafické procesory</translation>
  </message>
  <message>
   <source>Looking for models</source>
   <translation>Hľadajú sa modely</translation>
  </message>
  <message>
   <source>Looking for the brain</source>
   <translation>Hľadá sa mozog</translation>
  </message>
  <message>
   <source>Looks, reading, windows, keys</source>
   <translation>Vzhľad, čítanie, okná, klávesy</translation>
  </message>
  <message>
   <source>lossy</source>
   <translation>stratová kompresia</translation>
  </message>
  <message>
   <source>Lung</source>
   <translation>Pľúca</translation>
  </message>
  <message>
   <source>Lung  1500 / -600</source>
   <translation>Pľúca  1500 / -600</translation>
  </message>
  <message>
   <source>Magnifier</source>
   <translation>Lupa</translation>
  </message>
  <message>
   <source>Make the change again</source>
   <translation>Vykonať zmenu znova</translation>
  </message>
  <message>
   <source>Make the next view the active one</source>
   <translation>Urobiť aktívnym ďalší pohľad</translation>
  </message>
  <message>
   <source>Making DICOM results</source>
   <translation>Vytvárajú sa výsledky DICOM</translation>
  </message>
  <message>
   <source>Making pictures</source>
   <translation>Vytvárajú sa obrázky</translation>
  </message>
  <message>
   <source>Mark this slice as a key image, or no longer</source>
   <translation>Označiť tento rez ako kľúčový obraz, alebo označenie zrušiť</translation>
  </message>
  <message>
   <source>Matrix</source>
   <translation>Matica</translation>
  </message>
  <message>
   <source>Maximize the view</source>
   <translation>Maximalizovať pohľad</translation>
  </message>
  <message>
   <source>Mean of {} heatmaps</source>
   <translation>Priemer z {} tepelných máp</translation>
  </message>
  <message>
   <source>mean {} ± {} {}</source>
   <translation>priemer {} ± {} {}</translation>
  </message>
  <message>
   <source>Measure a length in mm: drag from end to end</source>
   <translation>Zmerať dĺžku v mm: ťahajte z konca na koniec</translation>
  </message>
  <message>
   <source>Measure an angle: drag from an end to the vertex, then click the other end</source>
   <translation>Zmerať uhol: ťahajte od konca k vrcholu, potom kliknite na druhý koniec</translation>
  </message>
  <message>
   <source>MEASUREMENTS</source>
   <translation>MERANIA</translation>
  </message>
  <message>
   <source>Measurements</source>
   <translation>Merania</translation>
  </message>
  <message>
   <source>Menu</source>
   <translation>Ponuka</translation>
  </message>
  <message>
   <source>metal</source>
   <translation>kov</translation>
  </message>
  <message>
   <source>Method</source>
   <translation>Metóda</translation>
  </message>
  <message>
   <source>Method of the heatmap</source>
   <translation>Metóda tepelnej mapy</translation>
  </message>
  <message>
   <source>Middle drag</source>
   <translation>Ťahanie stredným</translation>
  </message>
  <message>
   <source>mimics</source>
   <translation>mimics</translation>
  </message>
  <message>
   <source>min {}, max {}, {} px</source>
   <translation>min {}, max {}, {} px</translation>
  </message>
  <message>
   <source>mirrored</source>
   <translation>zrkadlovo</translation>
  </message>
  <message>
   <source>mixed orientation</source>
   <translation>zmiešaná orientácia</translation>
  </message>
  <message>
   <source>mixed thickness</source>
   <translation>zmiešaná hrúbka</translation>
  </message>
  <message>
   <source>Modality</source>
   <translation>Modalita</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Model</translation>
  </message>
  <message>
   <source>Model and heatmap</source>
   <translation>Model a tepelná mapa</translation>
  </message>
  <message>
   <source>Model input</source>
   <translation>Vstup modelu</translation>
  </message>
  <message>
   <source>Model's slice</source>
   <translation>Rez modelu</translation>
  </message>
  <message>
   <source>Models are trained on adults.</source>
   <translation>Modely sú trénované na dospelých.</translation>
  </message>
  <message>
   <source>Models are trained on pixels without loss; what compression adds may be taken for texture.</source>
   <translation>Modely sú trénované na pixeloch bez straty; čo pridá kompresia, sa môže považovať za textúru.</translation>
  </message>
  <message>
   <source>Models are trained on scans without contrast agent.</source>
   <translation>Modely sú trénované na skenoch bez kontrastnej látky.</translation>
  </message>
  <message>
   <source>Models do not run on it.</source>
   <translation>Modely sa na nej nespúšťajú.</translation>
  </message>
  <message>
   <source>Models know HU only.</source>
   <translation>Modely poznajú len HU.</translation>
  </message>
  <message>
   <source>more</source>
   <translation>viac</translation>
  </message>
  <message>
   <source>More opacity of the heatmap</source>
   <translation>Väčšie krytie tepelnej mapy</translation>
  </message>
  <message>
   <source>more pixel data than the image holds</source>
   <translation>viac dát pixelov, ako obraz obsahuje</translation>
  </message>
  <message>
   <source>More than</source>
   <translation>Viac ako</translation>
  </message>
  <message>
   <source>Mouse</source>
   <translation>Myš</translation>
  </message>
  <message>
   <source>Mouse and keys</source>
   <translation>Myš a klávesy</translation>
  </message>
  <message>
   <source>Move the picture</source>
   <translation>Posunúť obraz</translation>
  </message>
  <message>
   <source>moved {}</source>
   <translation>posun {}</translation>
  </message>
  <message>
   <source>MP4 needs OpenCV, which is not installed; run pip install leukoviewer[movie], or save a GIF, which needs nothing.</source>
   <translation>MP4 potrebuje OpenCV, ktoré nie je nainštalované; spustite pip install leukoviewer[movie] alebo uložte GIF, ktorý nepotrebuje nič.</translation>
  </message>
  <message>
   <source>MR image</source>
   <translation>MR obraz</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Meno</translation>
  </message>
  <message>
   <source>name</source>
   <translation>meno</translation>
  </message>
  <message>
   <source>Name of own window {}</source>
   <translation>Názov vlastného okna {}</translation>
  </message>
  <message>
   <source>negative</source>
   <translation>negatívny</translation>
  </message>
  <message>
   <source>Neighboring slices show the same tissue, which then counts more than once in the vote.</source>
   <translation>Susedné rezy ukazujú to isté tkanivo, ktoré sa potom pri hlasovaní počíta viackrát.</translation>
  </message>
  <message>
   <source>New key</source>
   <translation>Nový kláves</translation>
  </message>
  <message>
   <source>Next disputed slice</source>
   <translation>Ďalší sporný rez</translation>
  </message>
  <message>
   <source>Next key image</source>
   <translation>Ďalší kľúčový obraz</translation>
  </message>
  <message>
   <source>Next measurement</source>
   <translation>Ďalšie meranie</translation>
  </message>
  <message>
   <source>Next series</source>
   <translation>Ďalšia séria</translation>
  </message>
  <message>
   <source>Next slice</source>
   <translation>Ďalší rez</translation>
  </message>
  <message>
   <source>Next slice they disagree on</source>
   <translation>Ďalší rez, na ktorom sa nezhodujú</translation>
  </message>
  <message>
   <source>Next suspicious slice</source>
   <translation>Ďalší podozrivý rez</translation>
  </message>
  <message>
   <source>Next view</source>
   <translation>Ďalší pohľad</translation>
  </message>
  <message>
   <source>No</source>
   <translation>Nie</translation>
  </message>
  <message>
   <source>no</source>
   <translation>nie</translation>
  </message>
  <message>
   <source>no brain</source>
   <translation>žiadny mozog</translation>
  </message>
  <message>
   <source>No brain was found: no slice shows the inside of a closed skull.</source>
   <translation>Mozog sa nenašiel: žiadny rez neukazuje vnútro uzavretej lebky.</translation>
  </message>
  <message>
   <source>No brain was found: what lies inside the skull is no brain tissue.</source>
   <translation>Mozog sa nenašiel: čo leží v lebke, nie je mozgové tkanivo.</translation>
  </message>
  <message>
   <source>No case counts yet: note an opinion in reader-first mode, then see the model's result.</source>
   <translation>Zatiaľ sa nepočíta žiadny prípad: v režime „najprv hodnotiteľ“ zaznamenajte názor a potom si pozrite výsledok modelu.</translation>
  </message>
  <message>
   <source>No check speaks against the localization here; it is still a hint, not a proof.</source>
   <translation>Žiadne overenie tu nehovorí proti lokalizácii; stále je to len náznak, nie dôkaz.</translation>
  </message>
  <message>
   <source>no common frame of reference</source>
   <translation>nemajú spoločný referenčný rámec</translation>
  </message>
  <message>
   <source>no date</source>
   <translation>bez dátumu</translation>
  </message>
  <message>
   <source>No decoder for {} is installed; the package {} brings one.</source>
   <translation>Dekodér pre {} nie je nainštalovaný; prináša ho balík {}.</translation>
  </message>
  <message>
   <source>no DICOM preamble</source>
   <translation>bez preambuly DICOM</translation>
  </message>
  <message>
   <source>No file manager answers here; the log lies in {}.</source>
   <translation>Nijaký správca súborov tu neodpovedá; denník je v {}.</translation>
  </message>
  <message>
   <source>no ID</source>
   <translation>bez ID</translation>
  </message>
  <message>
   <source>No key</source>
   <translation>Bez klávesu</translation>
  </message>
  <message>
   <source>No label for slice {}</source>
   <translation>Bez označenia rezu {}</translation>
  </message>
  <message>
   <source>no leukoencephalopathy</source>
   <translation>bez leukoencefalopatie</translation>
  </message>
  <message>
   <source>No model is installed, so the worklist waits; put a package into the models folder.</source>
   <translation>Nie je nainštalovaný žiadny model, preto zoznam práce čaká; vložte balík do priečinka modelov.</translation>
  </message>
  <message>
   <source>No model is installed; put a model package into the folder models of the program or of your user data.</source>
   <translation>Nie je nainštalovaný žiadny model; vložte balík modelu do priečinka models programu alebo vašich používateľských údajov.</translation>
  </message>
  <message>
   <source>No model is installed; put a model package into the models folder.</source>
   <translation>Nie je nainštalovaný žiadny model; vložte balík modelu do priečinka modelov.</translation>
  </message>
  <message>
   <source>No name</source>
   <translation>Bez mena</translation>
  </message>
  <message>
   <source>no permission</source>
   <translation>bez oprávnenia</translation>
  </message>
  <message>
   <source>No result yet: choose a model and run it.</source>
   <translation>Zatiaľ bez výsledku: vyberte model a spustite ho.</translation>
  </message>
  <message>
   <source>No result yet: run a model (M); each package that is run gets its own column.</source>
   <translation>Zatiaľ bez výsledku: spustite model (M); každý spustený balík dostane vlastný stĺpec.</translation>
  </message>
  <message>
   <source>No result yet: run the model to score each slice.</source>
   <translation>Zatiaľ bez výsledku: spustite model a každý rez dostane skóre.</translation>
  </message>
  <message>
   <source>No setting holds these words.</source>
   <translation>Tieto slová nie sú v žiadnom nastavení.</translation>
  </message>
  <message>
   <source>No slice is marked as a key image (K); choose other slices.</source>
   <translation>Žiadny rez nie je označený ako kľúčový obraz (K); zvoľte iné rezy.</translation>
  </message>
  <message>
   <source>No slice is shown.</source>
   <translation>Nie je zobrazený žiadny rez.</translation>
  </message>
  <message>
   <source>No slice of this series can be scored; all are padding or unreadable.</source>
   <translation>Žiadny rez tejto série sa nedá skórovať; všetky sú výplň alebo nečitateľné.</translation>
  </message>
  <message>
   <source>No slice of this series could be read.</source>
   <translation>Žiadny rez tejto série sa nedal prečítať.</translation>
  </message>
  <message>
   <source>No slice of this series could be read: {}</source>
   <translation>Žiadny rez tejto série sa nedal prečítať: {}</translation>
  </message>
  <message>
   <source>No slice reaches the threshold of {}.</source>
   <translation>Žiadny rez nedosahuje prah {}.</translation>
  </message>
  <message>
   <source>No slice reaches the threshold; choose other slices.</source>
   <translation>Žiadny rez nedosahuje prah; zvoľte iné rezy.</translation>
  </message>
  <message>
   <source>no transfer syntax</source>
   <translation>bez prenosovej syntaxe</translation>
  </message>
  <message>
   <source>No volume: {}</source>
   <translation>Nie je objem: {}</translation>
  </message>
  <message>
   <source>Noise and contrast differ between slices.</source>
   <translation>Šum a kontrast sa medzi rezmi líšia.</translation>
  </message>
  <message>
   <source>none</source>
   <translation>žiadne</translation>
  </message>
  <message>
   <source>not a volume</source>
   <translation>nie je objem</translation>
  </message>
  <message>
   <source>Not axial</source>
   <translation>Nie axiálne</translation>
  </message>
  <message>
   <source>Not checked yet.</source>
   <translation>Zatiaľ neoverené.</translation>
  </message>
  <message>
   <source>not decided</source>
   <translation>nerozhodnuté</translation>
  </message>
  <message>
   <source>not DICOM</source>
   <translation>nie je DICOM</translation>
  </message>
  <message>
   <source>Not every check could be done, so nothing is known for sure of the localization here.</source>
   <translation>Nie všetky overenia sa dali vykonať, takže o lokalizácii tu nie je nič isté.</translation>
  </message>
  <message>
   <source>not hounsfield</source>
   <translation>nie HU</translation>
  </message>
  <message>
   <source>not HU</source>
   <translation>nie HU</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>neznáme</translation>
  </message>
  <message>
   <source>Not linked</source>
   <translation>Neprepojené</translation>
  </message>
  <message>
   <source>Not linked: another patient</source>
   <translation>Neprepojené: iný pacient</translation>
  </message>
  <message>
   <source>Not linked: {}</source>
   <translation>Neprepojené: {}</translation>
  </message>
  <message>
   <source>Not looked at</source>
   <translation>Nepozreté</translation>
  </message>
  <message>
   <source>not more</source>
   <translation>nie viac</translation>
  </message>
  <message>
   <source>Not read: {}.</source>
   <translation>Neprečítané: {}.</translation>
  </message>
  <message>
   <source>not resampled</source>
   <translation>bez prevzorkovania</translation>
  </message>
  <message>
   <source>not scored</source>
   <translation>bez skóre</translation>
  </message>
  <message>
   <source>not scored by this model</source>
   <translation>tento model ho neskóroval</translation>
  </message>
  <message>
   <source>Not scored: {}</source>
   <translation>Bez skóre: {}</translation>
  </message>
  <message>
   <source>not scored; this model looks at slices {} to {} of {}</source>
   <translation>bez skóre; tento model sa pozerá na rezy {} až {} z {}</translation>
  </message>
  <message>
   <source>not stated</source>
   <translation>neuvedené</translation>
  </message>
  <message>
   <source>not yet</source>
   <translation>ešte nie</translation>
  </message>
  <message>
   <source>Note and open the result</source>
   <translation>Zaznamenať a otvoriť výsledok</translation>
  </message>
  <message>
   <source>Note another opinion; the first one is kept beside it</source>
   <translation>Zaznamenať iný názor; prvý zostane uložený pri ňom</translation>
  </message>
  <message>
   <source>Note the change</source>
   <translation>Zaznamenať zmenu</translation>
  </message>
  <message>
   <source>Note your opinion</source>
   <translation>Zaznamenajte názor</translation>
  </message>
  <message>
   <source>Note your opinion, or change it</source>
   <translation>Zaznamenať názor alebo ho zmeniť</translation>
  </message>
  <message>
   <source>Nothing</source>
   <translation>Nič</translation>
  </message>
  <message>
   <source>Nothing is open.</source>
   <translation>Nič nie je otvorené.</translation>
  </message>
  <message>
   <source>Nothing is painted under this share of the scan's largest value</source>
   <translation>Pod týmto podielom najväčšej hodnoty skenu sa nič nekreslí</translation>
  </message>
  <message>
   <source>Nothing is painted under this share of the scan's largest value.</source>
   <translation>Pod týmto podielom najväčšej hodnoty skenu sa nič nekreslí.</translation>
  </message>
  <message>
   <source>Nothing is sealed here.</source>
   <translation>Nič tu nie je zapečatené.</translation>
  </message>
  <message>
   <source>Nothing was found that could mislead.</source>
   <translation>Nenašlo sa nič, čo by mohlo zavádzať.</translation>
  </message>
  <message>
   <source>Nuclear medicine image</source>
   <translation>Obraz nukleárnej medicíny</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>Číslo</translation>
  </message>
  <message>
   <source>Number of most suspicious slices</source>
   <translation>Počet najpodozrivejších rezov</translation>
  </message>
  <message>
   <source>odd compression</source>
   <translation>nezvyčajná kompresia</translation>
  </message>
  <message>
   <source>Of the patient</source>
   <translation>O pacientovi</translation>
  </message>
  <message>
   <source>Of the window, from the next start on. Files stay English.</source>
   <translation>Jazyk okna, od nasledujúceho spustenia. Súbory zostávajú v angličtine.</translation>
  </message>
  <message>
   <source>Off, the new key takes the place of the others</source>
   <translation>Ak je to vypnuté, nový kláves nahradí ostatné</translation>
  </message>
  <message>
   <source>on no slice</source>
   <translation>na žiadnom reze</translation>
  </message>
  <message>
   <source>On this computer {} ({}) gives other results than the model {} gave when it was made; choose another device in the settings.</source>
   <translation>Na tomto počítači dáva {} ({}) iné výsledky, ako dal model {} pri svojom vzniku; zvoľte v nastaveniach iné zariadenie.</translation>
  </message>
  <message numerus="yes">
   <source>on {} slices</source>
   <translation>
    <numerusform>na {} reze</numerusform>
    <numerusform>na {} rezoch</numerusform>
    <numerusform>na {} rezoch</numerusform>
   </translation>
  </message>
  <message>
   <source>One pixel of the scan on one of the screen</source>
   <translation>Jeden pixel skenu na jeden pixel obrazovky</translation>
  </message>
  <message>
   <source>One row a case, without a patient's name or number</source>
   <translation>Jeden riadok na prípad, bez mena a čísla pacienta</translation>
  </message>
  <message>
   <source>One slice toward the feet</source>
   <translation>O rez bližšie k nohám</translation>
  </message>
  <message>
   <source>One slice toward the head</source>
   <translation>O rez bližšie k hlave</translation>
  </message>
  <message>
   <source>One view</source>
   <translation>Jeden pohľad</translation>
  </message>
  <message>
   <source>Only series that are stored one slice a file can be saved without the patient.</source>
   <translation>Bez pacienta sa dajú uložiť len série, ktoré majú v každom súbore jeden rez.</translation>
  </message>
  <message>
   <source>Only the first {} attributes of this file are shown.</source>
   <translation>Zobrazených je len prvých {} atribútov tohto súboru.</translation>
  </message>
  <message>
   <source>Only when the picture is zoomed does the screen interpolate between pixels.</source>
   <translation>Len pri zväčšení obrazu interpoluje obrazovka medzi pixelmi.</translation>
  </message>
  <message>
   <source>ONNX Runtime could not run the model ({}).</source>
   <translation>ONNX Runtime nemohol spustiť model ({}).</translation>
  </message>
  <message>
   <source>ONNX Runtime is not installed; install LeukoViewer again.</source>
   <translation>ONNX Runtime nie je nainštalovaný; nainštalujte LeukoViewer znova.</translation>
  </message>
  <message>
   <source>Opacity</source>
   <translation>Krytie</translation>
  </message>
  <message>
   <source>Opacity of the heatmap</source>
   <translation>Krytie tepelnej mapy</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Otvoriť</translation>
  </message>
  <message>
   <source>Open a DICOM file</source>
   <translation>Otvoriť súbor DICOM</translation>
  </message>
  <message>
   <source>Open a folder with a head CT first.</source>
   <translation>Najprv otvorte priečinok s CT hlavy.</translation>
  </message>
  <message>
   <source>Open a folder with DICOM images</source>
   <translation>Otvoriť priečinok s obrazmi DICOM</translation>
  </message>
  <message>
   <source>Open a head CT</source>
   <translation>Otvorte CT hlavy</translation>
  </message>
  <message>
   <source>Open a head CT first; your opinion belongs to a patient.</source>
   <translation>Najprv otvorte CT hlavy; váš názor patrí k pacientovi.</translation>
  </message>
  <message>
   <source>Open a sealed result; the case will not count</source>
   <translation>Otvoriť zapečatený výsledok; prípad sa nezapočíta</translation>
  </message>
  <message>
   <source>Open a series first.</source>
   <translation>Najprv otvorte sériu.</translation>
  </message>
  <message>
   <source>Open another study beside this one</source>
   <translation>Otvoriť iné vyšetrenie vedľa tohto</translation>
  </message>
  <message>
   <source>Open beside this study</source>
   <translation>Otvoriť vedľa tohto vyšetrenia</translation>
  </message>
  <message>
   <source>Open beside…</source>
   <translation>Otvoriť vedľa…</translation>
  </message>
  <message>
   <source>Open demo patient</source>
   <translation>Otvoriť demo pacienta</translation>
  </message>
  <message>
   <source>Open file beside…</source>
   <translation>Otvoriť súbor vedľa…</translation>
  </message>
  <message>
   <source>Open file…</source>
   <translation>Otvoriť súbor…</translation>
  </message>
  <message>
   <source>Open folder…</source>
   <translation>Otvoriť priečinok…</translation>
  </message>
  <message>
   <source>Open log folder</source>
   <translation>Otvoriť priečinok denníka</translation>
  </message>
  <message>
   <source>Open recent</source>
   <translation>Otvoriť nedávne</translation>
  </message>
  <message>
   <source>Open recent beside</source>
   <translation>Otvoriť nedávne vedľa</translation>
  </message>
  <message>
   <source>Open the bundled simulated patient</source>
   <translation>Otvoriť pribaleného simulovaného pacienta</translation>
  </message>
  <message>
   <source>Open the folder, series and slice again, with results and measurements (Alt+R)</source>
   <translation>Znova otvoriť priečinok, sériu a rez s výsledkami a meraniami (Alt+R)</translation>
  </message>
  <message>
   <source>Open the study with its result (Enter, double click)</source>
   <translation>Otvoriť vyšetrenie s výsledkom (Enter, dvojité kliknutie)</translation>
  </message>
  <message>
   <source>Open without an opinion</source>
   <translation>Otvoriť bez názoru</translation>
  </message>
  <message>
   <source>Opened because: {}</source>
   <translation>Otvorené, lebo: {}</translation>
  </message>
  <message>
   <source>Opened because: {}.</source>
   <translation>Otvorené, lebo: {}.</translation>
  </message>
  <message>
   <source>Opened beside: {}</source>
   <translation>Otvorené vedľa: {}</translation>
  </message>
  <message>
   <source>Opened first: {}</source>
   <translation>Otvorené ako prvé: {}</translation>
  </message>
  <message>
   <source>Opened without an opinion and not counted: {}.</source>
   <translation>Otvorené bez názoru a nezapočítané: {}.</translation>
  </message>
  <message>
   <source>Opening was stopped.</source>
   <translation>Otváranie bolo zastavené.</translation>
  </message>
  <message>
   <source>OpenVINO could not run the model ({}); set the environment variable LEUKOVIEWER_CALIBRATION to off, and ONNX Runtime runs it.</source>
   <translation>OpenVINO nemohol spustiť model ({}); nastavte premennú prostredia LEUKOVIEWER_CALIBRATION na off a spustí ho ONNX Runtime.</translation>
  </message>
  <message>
   <source>OpenVINO is not installed or cannot be loaded; ONNX Runtime does the same, or install it with: pip install leukoviewer[openvino].</source>
   <translation>OpenVINO nie je nainštalovaný alebo sa nedá načítať; ONNX Runtime robí to isté, alebo ho nainštalujte príkazom: pip install leukoviewer[openvino].</translation>
  </message>
  <message>
   <source>OpenVINO runs models of single slices only here; ONNX Runtime runs this one.</source>
   <translation>OpenVINO tu spúšťa len modely jednotlivých rezov; tento spustí ONNX Runtime.</translation>
  </message>
  <message>
   <source>order by instance number</source>
   <translation>poradie podľa čísla snímky</translation>
  </message>
  <message>
   <source>order not sure</source>
   <translation>neisté poradie</translation>
  </message>
  <message>
   <source>original images</source>
   <translation>pôvodné obrazy</translation>
  </message>
  <message>
   <source>Other DICOM object</source>
   <translation>Iný objekt DICOM</translation>
  </message>
  <message>
   <source>out of memory</source>
   <translation>nedostatok pamäte</translation>
  </message>
  <message>
   <source>outside the scan</source>
   <translation>mimo skenu</translation>
  </message>
  <message>
   <source>outside training</source>
   <translation>mimo trénovania</translation>
  </message>
  <message>
   <source>outside training range</source>
   <translation>mimo rozsahu trénovania</translation>
  </message>
  <message>
   <source>overlapping</source>
   <translation>prekrytie</translation>
  </message>
  <message>
   <source>overlapping slices</source>
   <translation>prekrývajúce sa rezy</translation>
  </message>
  <message>
   <source>Overlays, SR and heatmap as DICOM</source>
   <translation>Prekrytia, SR a tepelná mapa ako DICOM</translation>
  </message>
  <message>
   <source>Own</source>
   <translation>Vlastné</translation>
  </message>
  <message>
   <source>Own window 1</source>
   <translation>Vlastné okno 1</translation>
  </message>
  <message>
   <source>Own window 2</source>
   <translation>Vlastné okno 2</translation>
  </message>
  <message>
   <source>Own window 3</source>
   <translation>Vlastné okno 3</translation>
  </message>
  <message>
   <source>Own window 4</source>
   <translation>Vlastné okno 4</translation>
  </message>
  <message>
   <source>Own window 5</source>
   <translation>Vlastné okno 5</translation>
  </message>
  <message>
   <source>Own windows presets width center</source>
   <translation>Vlastné okná predvoľby šírka stred</translation>
  </message>
  <message>
   <source>Package's own limits</source>
   <translation>Vlastné hranice balíka</translation>
  </message>
  <message>
   <source>Packing pictures</source>
   <translation>Balia sa obrázky</translation>
  </message>
  <message>
   <source>padded</source>
   <translation>doplnené</translation>
  </message>
  <message>
   <source>Pages of the settings</source>
   <translation>Strany nastavení</translation>
  </message>
  <message>
   <source>paper</source>
   <translation>paper</translation>
  </message>
  <message>
   <source>paper-again</source>
   <translation>paper-again</translation>
  </message>
  <message>
   <source>Patient</source>
   <translation>Pacient</translation>
  </message>
  <message>
   <source>patient</source>
   <translation>pacienta</translation>
  </message>
  <message>
   <source>Patient data in the report</source>
   <translation>Údaje o pacientovi v správe</translation>
  </message>
  <message>
   <source>Patient is negative</source>
   <translation>Pacient je negatívny</translation>
  </message>
  <message>
   <source>Patient is not decided</source>
   <translation>Pacient nie je rozhodnutý</translation>
  </message>
  <message>
   <source>Patient is positive</source>
   <translation>Pacient je pozitívny</translation>
  </message>
  <message>
   <source>Patient not confirmed: compare the names yourself</source>
   <translation>Pacient nepotvrdený: porovnajte mená sami</translation>
  </message>
  <message>
   <source>Patient's name and date</source>
   <translation>Meno pacienta a dátum</translation>
  </message>
  <message>
   <source>Patient, study, series and its geometry</source>
   <translation>Pacient, vyšetrenie, séria a jej geometria</translation>
  </message>
  <message>
   <source>PET image</source>
   <translation>PET obraz</translation>
  </message>
  <message>
   <source>Picture of this view (PNG)</source>
   <translation>Obrázok tohto pohľadu (PNG)</translation>
  </message>
  <message>
   <source>Picture, page, film, or DICOM without the patient</source>
   <translation>Obrázok, strana, film alebo DICOM bez pacienta</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>Obrazy</translation>
  </message>
  <message>
   <source>Pictures in a row; automatic: a page a little wider than high</source>
   <translation>Obrázky v riadku; automaticky: strana o málo širšia ako vyššia</translation>
  </message>
  <message>
   <source>Pixel data are shorter than the header says.</source>
   <translation>Dát pixelov je menej, ako udáva hlavička.</translation>
  </message>
  <message>
   <source>pixel data, not loaded ({})</source>
   <translation>dáta pixelov, nenačítané ({})</translation>
  </message>
  <message>
   <source>Pixel spacing</source>
   <translation>Rozostup pixelov</translation>
  </message>
  <message>
   <source>Pixels are untouched: whether a picture itself shows the patient's name was not looked at.</source>
   <translation>Pixely sú nedotknuté: či je meno pacienta na samom obraze, sa nezisťovalo.</translation>
  </message>
  <message>
   <source>pixels of {} frames without their number, the first is shown</source>
   <translation>pixely {} snímok bez ich počtu, zobrazená je prvá</translation>
  </message>
  <message>
   <source>Point at something and write beside it: drag from its tip</source>
   <translation>Ukázať na niečo a napísať k tomu text: ťahajte od hrotu</translation>
  </message>
  <message>
   <source>position missing</source>
   <translation>chýba poloha</translation>
  </message>
  <message>
   <source>Position {} mm</source>
   <translation>Poloha {} mm</translation>
  </message>
  <message>
   <source>positions are missing</source>
   <translation>chýbajú polohy</translation>
  </message>
  <message>
   <source>Positive</source>
   <translation>Pozitívne</translation>
  </message>
  <message>
   <source>positive</source>
   <translation>pozitívny</translation>
  </message>
  <message>
   <source>Positive ones</source>
   <translation>Pozitívne</translation>
  </message>
  <message>
   <source>Positive slices</source>
   <translation>Pozitívne rezy</translation>
  </message>
  <message>
   <source>Posterior fossa</source>
   <translation>Zadná jama</translation>
  </message>
  <message>
   <source>Posterior fossa  120 / 40</source>
   <translation>Zadná jama  120 / 40</translation>
  </message>
  <message>
   <source>Preparing the slices</source>
   <translation>Pripravujú sa rezy</translation>
  </message>
  <message>
   <source>Presentation state</source>
   <translation>Stav zobrazenia</translation>
  </message>
  <message>
   <source>Press for the meaning</source>
   <translation>Stlačte a zobrazí sa význam</translation>
  </message>
  <message>
   <source>Press or wheel on another view</source>
   <translation>Stlačenie alebo koliesko na inom pohľade</translation>
  </message>
  <message>
   <source>Press the new key here; Tab leaves the field</source>
   <translation>Stlačte tu nový kláves; Tab pole opustí</translation>
  </message>
  <message>
   <source>Preview</source>
   <translation>Náhľad</translation>
  </message>
  <message>
   <source>Preview while the folder is searched</source>
   <translation>Náhľad počas prehľadávania priečinka</translation>
  </message>
  <message>
   <source>Previous disputed slice</source>
   <translation>Predchádzajúci sporný rez</translation>
  </message>
  <message>
   <source>Previous key image</source>
   <translation>Predchádzajúci kľúčový obraz</translation>
  </message>
  <message>
   <source>Previous measurement</source>
   <translation>Predchádzajúce meranie</translation>
  </message>
  <message>
   <source>Previous series</source>
   <translation>Predchádzajúca séria</translation>
  </message>
  <message>
   <source>Previous slice</source>
   <translation>Predchádzajúci rez</translation>
  </message>
  <message>
   <source>Previous suspicious slice</source>
   <translation>Predchádzajúci podozrivý rez</translation>
  </message>
  <message>
   <source>Privacy</source>
   <translation>Súkromie</translation>
  </message>
  <message>
   <source>Progress of the checks</source>
   <translation>Priebeh overenia</translation>
  </message>
  <message>
   <source>PyTorch could not run the model on {}.</source>
   <translation>PyTorch nemohol spustiť model na {}.</translation>
  </message>
  <message>
   <source>PyTorch is installed and cannot be loaded; the processor does the work</source>
   <translation>PyTorch je nainštalovaný a nedá sa načítať; prácu vykoná procesor</translation>
  </message>
  <message>
   <source>PyTorch or torchvision is not installed; use the processor (ONNX Runtime).</source>
   <translation>PyTorch alebo torchvision nie je nainštalovaný; použite procesor (ONNX Runtime).</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Ukončiť</translation>
  </message>
  <message>
   <source>Quite sure</source>
   <translation>Dosť istý</translation>
  </message>
  <message>
   <source>Radiotherapy object</source>
   <translation>Objekt rádioterapie</translation>
  </message>
  <message>
   <source>Random weights</source>
   <translation>Náhodné váhy</translation>
  </message>
  <message>
   <source>rank correlation, mean</source>
   <translation>poradová korelácia, priemer</translation>
  </message>
  <message>
   <source>Rather sure</source>
   <translation>Skôr istý</translation>
  </message>
  <message>
   <source>Re&amp;move</source>
   <translation>Od&amp;strániť</translation>
  </message>
  <message>
   <source>Read</source>
   <translation>Prečítané</translation>
  </message>
  <message>
   <source>Reader</source>
   <translation>Hodnotiteľ</translation>
  </message>
  <message>
   <source>Reader first</source>
   <translation>Najprv hodnotiteľ</translation>
  </message>
  <message>
   <source>Reader-first mode is off; switch it on in the Model menu.</source>
   <translation>Režim „najprv hodnotiteľ“ je vypnutý; zapnite ho v ponuke.</translation>
  </message>
  <message>
   <source>Reading</source>
   <translation>Čítanie</translation>
  </message>
  <message>
   <source>Reading attributes</source>
   <translation>Čítajú sa atribúty</translation>
  </message>
  <message>
   <source>Reading headers</source>
   <translation>Čítajú sa hlavičky</translation>
  </message>
  <message>
   <source>Reading slices</source>
   <translation>Čítajú sa rezy</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>Dôvod</translation>
  </message>
  <message>
   <source>Records that cannot be read: {}.</source>
   <translation>Záznamy, ktoré sa nedajú prečítať: {}.</translation>
  </message>
  <message>
   <source>Rectangle</source>
   <translation>Obdĺžnik</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Znova</translation>
  </message>
  <message>
   <source>Reformats are off: slice {} could not be read.</source>
   <translation>Reformáty sú vypnuté: rez {} sa nedal prečítať.</translation>
  </message>
  <message>
   <source>Reformats are off: slices are missing, and nothing is known of what lies in the gap.</source>
   <translation>Reformáty sú vypnuté: chýbajú rezy a o tom, čo leží v medzere, sa nič nevie.</translation>
  </message>
  <message>
   <source>Reformats are off: the slices do not stand in one straight row.</source>
   <translation>Reformáty sú vypnuté: rezy nestoja v jednom priamom rade.</translation>
  </message>
  <message>
   <source>Reformats are off: they need at least {} slices, each with its position.</source>
   <translation>Reformáty sú vypnuté: potrebujú aspoň {} rezov, každý s polohou.</translation>
  </message>
  <message>
   <source>Reformats are off: {}.</source>
   <translation>Reformáty sú vypnuté: {}.</translation>
  </message>
  <message>
   <source>Reformats need all slices; the series is still being read.</source>
   <translation>Reformáty potrebujú všetky rezy; séria sa ešte číta.</translation>
  </message>
  <message>
   <source>Reformats of this series with a crosshair</source>
   <translation>Reformáty tejto série s krížom</translation>
  </message>
  <message>
   <source>refused</source>
   <translation>odmietnuté</translation>
  </message>
  <message>
   <source>Refused: models do not run on it</source>
   <translation>Odmietnuté: modely sa na ňu nespúšťajú</translation>
  </message>
  <message>
   <source>Refused: {}</source>
   <translation>Odmietnuté: {}</translation>
  </message>
  <message>
   <source>Registration or segmentation</source>
   <translation>Registrácia alebo segmentácia</translation>
  </message>
  <message>
   <source>regular geometry</source>
   <translation>pravidelná geometria</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>Zamietnuť</translation>
  </message>
  <message>
   <source>Reject the result</source>
   <translation>Zamietnuť výsledok</translation>
  </message>
  <message>
   <source>Remark</source>
   <translation>Poznámka</translation>
  </message>
  <message>
   <source>Remember opened folders</source>
   <translation>Pamätať si otvorené priečinky</translation>
  </message>
  <message>
   <source>Remove own window {}</source>
   <translation>Odstrániť vlastné okno {}</translation>
  </message>
  <message>
   <source>Remove this window</source>
   <translation>Odstrániť toto okno</translation>
  </message>
  <message>
   <source>Removed: {} attributes and {} private ones</source>
   <translation>Odstránené atribúty: {}, súkromné: {}</translation>
  </message>
  <message>
   <source>Removing the patient</source>
   <translation>Odstraňuje sa pacient</translation>
  </message>
  <message>
   <source>Repeatability</source>
   <translation>Opakovateľnosť</translation>
  </message>
  <message>
   <source>Replaced: patient's name and ID, {} unique identifiers</source>
   <translation>Nahradené: meno a ID pacienta, jedinečné identifikátory: {}</translation>
  </message>
  <message>
   <source>Report (*)</source>
   <translation>Správa (*)</translation>
  </message>
  <message>
   <source>Report as {}</source>
   <translation>Správa ako {}</translation>
  </message>
  <message>
   <source>Report on the result as PDF, HTML or JSON</source>
   <translation>Správa o výsledku ako PDF, HTML alebo JSON</translation>
  </message>
  <message>
   <source>resampled</source>
   <translation>prevzorkované</translation>
  </message>
  <message>
   <source>Research use, not for diagnosis</source>
   <translation>Na výskum, nie na diagnostiku</translation>
  </message>
  <message>
   <source>Research use: no replacement for the clinician's complete review.</source>
   <translation>Na výskum: nenahrádza úplné posúdenie lekárom.</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>Obnoviť</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Výsledok</translation>
  </message>
  <message>
   <source>Results stay sealed until you note an opinion</source>
   <translation>Výsledky zostanú zapečatené, kým nezaznamenáte názor</translation>
  </message>
  <message>
   <source>Right click</source>
   <translation>Kliknutie pravým</translation>
  </message>
  <message>
   <source>Right drag</source>
   <translation>Ťahanie pravým</translation>
  </message>
  <message>
   <source>row {}, column {}</source>
   <translation>riadok {}, stĺpec {}</translation>
  </message>
  <message>
   <source>Rows</source>
   <translation>Riadky</translation>
  </message>
  <message>
   <source>Rows of a page; automatic: as many as are needed</source>
   <translation>Riadky na stranu; automaticky: koľko je potrebných</translation>
  </message>
  <message>
   <source>Run again</source>
   <translation>Spustiť znova</translation>
  </message>
  <message>
   <source>Run at least two packages on this series to compare them; each keeps its result.</source>
   <translation>Na porovnanie spustite na tejto sérii aspoň dva balíky; každý si ponechá výsledok.</translation>
  </message>
  <message>
   <source>Run model</source>
   <translation>Spustiť model</translation>
  </message>
  <message>
   <source>Run the model</source>
   <translation>Spustiť model</translation>
  </message>
  <message>
   <source>Run the model by itself</source>
   <translation>Spúšťať model samočinne</translation>
  </message>
  <message>
   <source>Run the model to see a score for each slice</source>
   <translation>Spustite model a uvidíte skóre každého rezu</translation>
  </message>
  <message>
   <source>Run through the slices, and stop</source>
   <translation>Prechádzať rezmi, a zastaviť</translation>
  </message>
  <message>
   <source>running</source>
   <translation>beží</translation>
  </message>
  <message>
   <source>Sagittal reformat</source>
   <translation>Sagitálny reformát</translation>
  </message>
  <message>
   <source>same day</source>
   <translation>v ten istý deň</translation>
  </message>
  <message>
   <source>Save a report</source>
   <translation>Uložiť správu</translation>
  </message>
  <message>
   <source>Save all measurements of this series as a table</source>
   <translation>Uložiť všetky merania tejto série ako tabuľku</translation>
  </message>
  <message>
   <source>Save as</source>
   <translation>Uložiť ako</translation>
  </message>
  <message>
   <source>Save DICOM results…</source>
   <translation>Uložiť výsledky DICOM…</translation>
  </message>
  <message>
   <source>Save feedback on all studies as a CSV table</source>
   <translation>Uložiť spätnú väzbu ku všetkým vyšetreniam ako tabuľku CSV</translation>
  </message>
  <message>
   <source>Save picture…</source>
   <translation>Uložiť obrázok…</translation>
  </message>
  <message>
   <source>Save report…</source>
   <translation>Uložiť správu…</translation>
  </message>
  <message>
   <source>Save the measurements as a CSV table</source>
   <translation>Uložiť merania ako tabuľku CSV</translation>
  </message>
  <message>
   <source>Save the report</source>
   <translation>Uložiť správu</translation>
  </message>
  <message>
   <source>Save the window as a picture</source>
   <translation>Uložiť okno programu ako obrázok</translation>
  </message>
  <message>
   <source>Save the window as a PNG picture</source>
   <translation>Uložiť okno programu ako obrázok PNG</translation>
  </message>
  <message>
   <source>Saved in {} without the patient: {}.</source>
   <translation>Uložené do {} bez pacienta: {}.</translation>
  </message>
  <message>
   <source>Saved measurements of this series are damaged or of another version and cannot be put aside; new ones will not be saved this time.</source>
   <translation>Uložené merania tejto série sú poškodené alebo inej verzie a nedajú sa odložiť; nové sa tentoraz neuložia.</translation>
  </message>
  <message>
   <source>Saved measurements of this series are damaged or of another version; they are kept as {} in the user's data folder.</source>
   <translation>Uložené merania tejto série sú poškodené alebo inej verzie; zostali ako {} v priečinku používateľských údajov.</translation>
  </message>
  <message>
   <source>Saved measurements of this series cannot be read ({}); new ones will not be saved this time.</source>
   <translation>Uložené merania tejto série sa nedajú prečítať ({}); nové sa tentoraz neuložia.</translation>
  </message>
  <message>
   <source>Saved: {}</source>
   <translation>Uložené: {}</translation>
  </message>
  <message>
   <source>Saving</source>
   <translation>Ukladá sa</translation>
  </message>
  <message>
   <source>Saving was stopped; nothing was written.</source>
   <translation>Ukladanie bolo zastavené; nič sa nezapísalo.</translation>
  </message>
  <message>
   <source>scan max</source>
   <translation>max. skenu</translation>
  </message>
  <message>
   <source>Scanner</source>
   <translation>Prístroj</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>Skóre</translation>
  </message>
  <message>
   <source>Score many studies in the background</source>
   <translation>Skórovať mnoho vyšetrení na pozadí</translation>
  </message>
  <message>
   <source>Score of the most suspicious slice</source>
   <translation>Skóre najpodozrivejšieho rezu</translation>
  </message>
  <message>
   <source>Score the selected rows anew (Alt+R)</source>
   <translation>Vybrané riadky skórovať znova (Alt+R)</translation>
  </message>
  <message>
   <source>Score this series</source>
   <translation>Skórovať túto sériu</translation>
  </message>
  <message>
   <source>Score this series with the chosen model</source>
   <translation>Skórovať túto sériu vybraným modelom</translation>
  </message>
  <message>
   <source>Score what waits (Alt+S)</source>
   <translation>Skórovať, čo čaká (Alt+S)</translation>
  </message>
  <message>
   <source>score {}</source>
   <translation>skóre {}</translation>
  </message>
  <message>
   <source>Score, {}</source>
   <translation>Skóre, {}</translation>
  </message>
  <message>
   <source>Scores are no probabilities</source>
   <translation>Skóre nie sú pravdepodobnosti</translation>
  </message>
  <message>
   <source>Scores by slice</source>
   <translation>Skóre po rezoch</translation>
  </message>
  <message>
   <source>Scores of slices compare less well.</source>
   <translation>Skóre rezov sa dajú horšie porovnávať.</translation>
  </message>
  <message>
   <source>Scoring slices</source>
   <translation>Skórujú sa rezy</translation>
  </message>
  <message>
   <source>Scoring the whole stack</source>
   <translation>Skóruje sa celý súbor rezov</translation>
  </message>
  <message>
   <source>Screen captures hold gray levels, not HU.</source>
   <translation>Zachytené obrazovky obsahujú odtiene sivej, nie HU.</translation>
  </message>
  <message>
   <source>Scroll through the slices</source>
   <translation>Prechádzať rezmi</translation>
  </message>
  <message>
   <source>Scroll together</source>
   <translation>Spoločný posun rezov</translation>
  </message>
  <message>
   <source>sealed</source>
   <translation>zapečatené</translation>
  </message>
  <message>
   <source>Search all settings and keys</source>
   <translation>Hľadať vo všetkých nastaveniach a klávesoch</translation>
  </message>
  <message>
   <source>Search tag, keyword, name or value</source>
   <translation>Hľadať značku, kľúčové slovo, názov alebo hodnotu</translation>
  </message>
  <message>
   <source>Search the attributes</source>
   <translation>Hľadať v atribútoch</translation>
  </message>
  <message>
   <source>Searching the folder</source>
   <translation>Prehľadáva sa priečinok</translation>
  </message>
  <message>
   <source>Searching the folder …</source>
   <translation>Prehľadáva sa priečinok …</translation>
  </message>
  <message>
   <source>Searching {} …</source>
   <translation>Prehľadáva sa {} …</translation>
  </message>
  <message>
   <source>Secondary capture</source>
   <translation>Zachytená obrazovka</translation>
  </message>
  <message>
   <source>Secondary capture (a picture of a screen)</source>
   <translation>Zachytená obrazovka (obraz obrazovky)</translation>
  </message>
  <message>
   <source>Select it; a drag moves it or the point that is held</source>
   <translation>Vyberie ho; ťahanie posunie meranie alebo uchopený bod</translation>
  </message>
  <message>
   <source>sensitivity at the operating point</source>
   <translation>senzitivita v pracovnom bode</translation>
  </message>
  <message>
   <source>Sequences lie in each other deeper than {} levels; what follows is not shown.</source>
   <translation>Sekvencie sú vnorené hlbšie ako {} úrovní; čo nasleduje, sa nezobrazuje.</translation>
  </message>
  <message>
   <source>Series</source>
   <translation>Série</translation>
  </message>
  <message>
   <source>Series in this folder</source>
   <translation>Sérií v tomto priečinku</translation>
  </message>
  <message>
   <source>series without UID</source>
   <translation>séria bez UID</translation>
  </message>
  <message>
   <source>Series {}</source>
   <translation>Séria {}</translation>
  </message>
  <message>
   <source>Session that was not closed</source>
   <translation>Sedenie, ktoré nebolo zatvorené</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Nastavenia</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>Nastavenia…</translation>
  </message>
  <message>
   <source>Several images lie at one position ({}, the first are slices {} and {}).</source>
   <translation>Viac obrazov leží na jednej polohe ({}, prvé sú rezy {} a {}).</translation>
  </message>
  <message>
   <source>Sex</source>
   <translation>Pohlavie</translation>
  </message>
  <message>
   <source>Show heatmap</source>
   <translation>Zobraziť tepelnú mapu</translation>
  </message>
  <message>
   <source>Shown as in the window, with its model and color bar</source>
   <translation>Zobrazená ako v okne, s modelom a farebnou stupnicou</translation>
  </message>
  <message>
   <source>Shows the model what each feature sees, one by one, and asks for the score.</source>
   <translation>Ukazuje modelu po jednom, čo vidí každý príznak, a pýta sa na skóre.</translation>
  </message>
  <message>
   <source>shuffle {}</source>
   <translation>zamiešanie {}</translation>
  </message>
  <message>
   <source>simulated patients</source>
   <translation>simulovaní pacienti</translation>
  </message>
  <message>
   <source>Single pictures, no volume: models do not run on it</source>
   <translation>Jednotlivé obrazy, nie objem: modely sa na ne nespúšťajú</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Veľkosť</translation>
  </message>
  <message>
   <source>Size of words</source>
   <translation>Veľkosť písma</translation>
  </message>
  <message>
   <source>slabs</source>
   <translation>vrstvy</translation>
  </message>
  <message>
   <source>Slice</source>
   <translation>Rez</translation>
  </message>
  <message>
   <source>slice</source>
   <translation>rezu</translation>
  </message>
  <message>
   <source>Slice distance</source>
   <translation>Vzdialenosť rezov</translation>
  </message>
  <message>
   <source>Slice is negative</source>
   <translation>Rez je negatívny</translation>
  </message>
  <message>
   <source>Slice is not decided</source>
   <translation>Rez nie je rozhodnutý</translation>
  </message>
  <message>
   <source>Slice is positive</source>
   <translation>Rez je pozitívny</translation>
  </message>
  <message>
   <source>Slice thickness</source>
   <translation>Hrúbka rezu</translation>
  </message>
  <message>
   <source>Slice threshold</source>
   <translation>Prah rezu</translation>
  </message>
  <message>
   <source>Slice {} ({} to {} count as one): probability {}, {}</source>
   <translation>Rez {} ({} až {} sa rátajú ako jeden): pravdepodobnosť {}, {}</translation>
  </message>
  <message>
   <source>Slice {} ({} to {} count as one): score {}, {}</source>
   <translation>Rez {} ({} až {} sa rátajú ako jeden): skóre {}, {}</translation>
  </message>
  <message>
   <source>Slice {} / {}</source>
   <translation>Rez {} / {}</translation>
  </message>
  <message>
   <source>Slice {} is negative</source>
   <translation>Rez {} je negatívny</translation>
  </message>
  <message>
   <source>Slice {} is not decided</source>
   <translation>Rez {} nie je rozhodnutý</translation>
  </message>
  <message>
   <source>Slice {} is positive</source>
   <translation>Rez {} je pozitívny</translation>
  </message>
  <message>
   <source>Slice {} of {}</source>
   <translation>Rez {} z {}</translation>
  </message>
  <message>
   <source>Slice {} of {}: frame {} of {}</source>
   <translation>Rez {} z {}: snímka {} súboru {}</translation>
  </message>
  <message>
   <source>Slice {} of {}: {}</source>
   <translation>Rez {} z {}: {}</translation>
  </message>
  <message>
   <source>Slice {}: probability {}, {}</source>
   <translation>Rez {}: pravdepodobnosť {}, {}</translation>
  </message>
  <message>
   <source>Slice {}: score {}, {}</source>
   <translation>Rez {}: skóre {}, {}</translation>
  </message>
  <message>
   <source>Slice {}: {}</source>
   <translation>Rez {}: {}</translation>
  </message>
  <message>
   <source>Slice {}: {}.</source>
   <translation>Rez {}: {}.</translation>
  </message>
  <message>
   <source>Slice, window, letters, scale and scores</source>
   <translation>Rez, okno, písmená, mierka a skóre</translation>
  </message>
  <message>
   <source>Slices</source>
   <translation>Rezy</translation>
  </message>
  <message>
   <source>slices</source>
   <translation>rezov</translation>
  </message>
  <message>
   <source>Slices a second.</source>
   <translation>Rezov za sekundu.</translation>
  </message>
  <message>
   <source>Slices and scores</source>
   <translation>Rezy a skóre</translation>
  </message>
  <message>
   <source>Slices are ordered by instance number, which need not be their order in the head.</source>
   <translation>Rezy sú zoradené podľa čísla snímky, čo nemusí byť ich poradie v hlave.</translation>
  </message>
  <message>
   <source>Slices are shown as they are stored, pixel by pixel; none is averaged or left out.</source>
   <translation>Rezy sa zobrazujú tak, ako sú uložené, pixel po pixeli; žiadny sa nespriemeruje ani nevynechá.</translation>
  </message>
  <message>
   <source>Slices are {} mm thick; the model was trained on {} to {} mm.</source>
   <translation>Rezy sú hrubé {} mm; model bol trénovaný na {} až {} mm.</translation>
  </message>
  <message>
   <source>Slices differ in thickness: {}.</source>
   <translation>Rezy majú rôznu hrúbku: {}.</translation>
  </message>
  <message>
   <source>Slices follow each other at unequal steps.</source>
   <translation>Rezy nasledujú po sebe v nerovnakých krokoch.</translation>
  </message>
  <message>
   <source>Slices leave gaps all along: {}.</source>
   <translation>Medzi rezmi sú všade medzery: {}.</translation>
  </message>
  <message>
   <source>slices left out</source>
   <translation>vynechané rezy</translation>
  </message>
  <message>
   <source>Slices lie at different angles.</source>
   <translation>Rezy ležia pod rôznymi uhlami.</translation>
  </message>
  <message>
   <source>Slices lie {} mm apart; the model was trained on {} to {} mm.</source>
   <translation>Rezy sú od seba {} mm; model bol trénovaný na {} až {} mm.</translation>
  </message>
  <message>
   <source>Slices needed</source>
   <translation>Potrebné rezy</translation>
  </message>
  <message>
   <source>slices of {} mm</source>
   <translation>rezy hrubé {} mm</translation>
  </message>
  <message>
   <source>Slices on a page (PNG)</source>
   <translation>Rezy na strane (PNG)</translation>
  </message>
  <message>
   <source>Slices overlap: {}.</source>
   <translation>Rezy sa prekrývajú: {}.</translation>
  </message>
  <message>
   <source>Slices that are not axial</source>
   <translation>Rezy, ktoré nie sú axiálne</translation>
  </message>
  <message>
   <source>Slices that you marked, and the next of them</source>
   <translation>Rezy, ktoré ste označili, a ďalší z nich</translation>
  </message>
  <message>
   <source>slices with labels of their own, in training, simulated patients</source>
   <translation>rezy s vlastným označením, pri trénovaní, simulovaní pacienti</translation>
  </message>
  <message>
   <source>Slow: minutes for a scan on a CPU, longer with a large model; Esc stops it.</source>
   <translation>Pomalé: na CPU minúty na sken, pri veľkom modeli dlhšie; Esc zastaví.</translation>
  </message>
  <message>
   <source>Slower</source>
   <translation>Pomalšie</translation>
  </message>
  <message>
   <source>Smaller</source>
   <translation>Menšie</translation>
  </message>
  <message>
   <source>Soft</source>
   <translation>Mäkké</translation>
  </message>
  <message>
   <source>Soft tissue</source>
   <translation>Mäkké tkanivá</translation>
  </message>
  <message>
   <source>Soft tissue  400 / 40</source>
   <translation>Mäkké tkanivá  400 / 40</translation>
  </message>
  <message>
   <source>soft-tissue kernel ({})</source>
   <translation>kernel pre mäkké tkanivá ({})</translation>
  </message>
  <message>
   <source>Some</source>
   <translation>Niektoré</translation>
  </message>
  <message>
   <source>Some remembered keys cannot be used ({}); the usual ones are back, the old file is kept as {}.</source>
   <translation>Niektoré zapamätané klávesy sa nedajú použiť ({}); platia znova obvyklé a starý súbor zostal ako {}.</translation>
  </message>
  <message>
   <source>Some remembered keys cannot be used ({}); the usual ones are back.</source>
   <translation>Niektoré zapamätané klávesy sa nedajú použiť ({}); platia znova obvyklé.</translation>
  </message>
  <message>
   <source>Something is still being saved; wait for it, or stop it (Esc).</source>
   <translation>Niečo sa ešte ukladá; počkajte na to alebo to zastavte (Esc).</translation>
  </message>
  <message>
   <source>Sorting slices</source>
   <translation>Zoraďujú sa rezy</translation>
  </message>
  <message>
   <source>specificity at the operating point</source>
   <translation>špecificita v pracovnom bode</translation>
  </message>
  <message>
   <source>Speed of cine</source>
   <translation>Rýchlosť cine</translation>
  </message>
  <message>
   <source>Spread of {} heatmaps</source>
   <translation>Rozptyl {} tepelných máp</translation>
  </message>
  <message>
   <source>Starting …</source>
   <translation>Spúšťa sa …</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Stav</translation>
  </message>
  <message>
   <source>stays</source>
   <translation>zostane</translation>
  </message>
  <message>
   <source>stays alike</source>
   <translation>zostane podobná</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Zastaviť</translation>
  </message>
  <message>
   <source>Stop and keep the heatmap that is shown (Esc)</source>
   <translation>Zastaviť a ponechať zobrazenú tepelnú mapu (Esc)</translation>
  </message>
  <message>
   <source>Stop checking (Esc)</source>
   <translation>Zastaviť overenie (Esc)</translation>
  </message>
  <message>
   <source>Stop computing the heatmap</source>
   <translation>Zastaviť výpočet tepelnej mapy</translation>
  </message>
  <message>
   <source>Stop what is running</source>
   <translation>Zastaviť, čo práve beží</translation>
  </message>
  <message>
   <source>Stop; the running study waits again (Alt+P)</source>
   <translation>Zastaviť; bežiace vyšetrenie znova čaká (Alt+P)</translation>
  </message>
  <message>
   <source>stopped</source>
   <translation>zastavené</translation>
  </message>
  <message>
   <source>Stored</source>
   <translation>Uložené</translation>
  </message>
  <message>
   <source>Stored pixels</source>
   <translation>Uložené pixely</translation>
  </message>
  <message>
   <source>Streaks of metal cover tissue.</source>
   <translation>Pruhy od kovu zakrývajú tkanivo.</translation>
  </message>
  <message>
   <source>Streaks of metal may be taken for disease.</source>
   <translation>Pruhy od kovu sa môžu považovať za chorobu.</translation>
  </message>
  <message>
   <source>stress</source>
   <translation>stress</translation>
  </message>
  <message>
   <source>Structured report</source>
   <translation>Štruktúrovaná správa</translation>
  </message>
  <message>
   <source>Studies to be scored</source>
   <translation>Vyšetrenia na skórovanie</translation>
  </message>
  <message>
   <source>Study</source>
   <translation>Vyšetrenie</translation>
  </message>
  <message>
   <source>Study information</source>
   <translation>Údaje o vyšetrení</translation>
  </message>
  <message>
   <source>Study information…</source>
   <translation>Údaje o vyšetrení…</translation>
  </message>
  <message>
   <source>Study of {}</source>
   <translation>Vyšetrenie z {}</translation>
  </message>
  <message>
   <source>Subdural</source>
   <translation>Subdurálne</translation>
  </message>
  <message>
   <source>Subdural  215 / 75</source>
   <translation>Subdurálne  215 / 75</translation>
  </message>
  <message>
   <source>Swap directions of the window's drag</source>
   <translation>Vymeniť smery ťahania okna</translation>
  </message>
  <message>
   <source>Swap drag directions</source>
   <translation>Vymeniť smery ťahania</translation>
  </message>
  <message>
   <source>Tag</source>
   <translation>Značka</translation>
  </message>
  <message>
   <source>Take back the last change of a measurement or of feedback</source>
   <translation>Vrátiť poslednú zmenu merania alebo spätnej väzby</translation>
  </message>
  <message>
   <source>Take it</source>
   <translation>Vziať</translation>
  </message>
  <message>
   <source>Take the selected measurement away</source>
   <translation>Odstrániť vybrané meranie</translation>
  </message>
  <message>
   <source>Take the selected rows and their results from the list (Del)</source>
   <translation>Odstrániť vybrané riadky a ich výsledky zo zoznamu (Del)</translation>
  </message>
  <message>
   <source>Take this key away from the other action</source>
   <translation>Vziať tento kláves inému príkazu</translation>
  </message>
  <message>
   <source>Takes the features away one by one and sees how far the score falls.</source>
   <translation>Odoberá príznaky po jednom a sleduje, o koľko skóre klesne.</translation>
  </message>
  <message>
   <source>Ten slices back</source>
   <translation>Desať rezov späť</translation>
  </message>
  <message>
   <source>Ten slices on</source>
   <translation>Desať rezov ďalej</translation>
  </message>
  <message>
   <source>Ten slices toward the feet</source>
   <translation>O desať rezov bližšie k nohám</translation>
  </message>
  <message>
   <source>Ten slices toward the head</source>
   <translation>O desať rezov bližšie k hlave</translation>
  </message>
  <message>
   <source>Text beside the measurement:</source>
   <translation>Text pri meraní:</translation>
  </message>
  <message>
   <source>Text of the measurement</source>
   <translation>Text merania</translation>
  </message>
  <message>
   <source>Text…</source>
   <translation>Text…</translation>
  </message>
  <message>
   <source>That folder holds several other patients; choose a series from the list.</source>
   <translation>Ten priečinok obsahuje viacerých iných pacientov; vyberte sériu zo zoznamu.</translation>
  </message>
  <message>
   <source>That of the files</source>
   <translation>To zo súborov</translation>
  </message>
  <message>
   <source>The active view alone</source>
   <translation>Len aktívny pohľad</translation>
  </message>
  <message>
   <source>The active view alone, and back</source>
   <translation>Len aktívny pohľad, a späť</translation>
  </message>
  <message>
   <source>The archive holds names that lead out of its folder; it is not opened.</source>
   <translation>Archív obsahuje názvy, ktoré vedú von z jeho priečinka; neotvorí sa.</translation>
  </message>
  <message>
   <source>The archive holds several files of one name; unpack it and open the folder.</source>
   <translation>Archív obsahuje viac súborov s rovnakým názvom; rozbaľte ho a otvorte priečinok.</translation>
  </message>
  <message>
   <source>The archive holds too many files to be a scan; it is not opened.</source>
   <translation>Archív obsahuje na sken príliš veľa súborov; neotvorí sa.</translation>
  </message>
  <message>
   <source>The archive is damaged; ask for it anew.</source>
   <translation>Archív je poškodený; vyžiadajte si ho znova.</translation>
  </message>
  <message>
   <source>The archive would grow far beyond its size when it is unpacked; it is not opened.</source>
   <translation>Archív by po rozbalení narástol ďaleko nad svoju veľkosť; neotvorí sa.</translation>
  </message>
  <message>
   <source>The attributes of this slice cannot be read ({}); choose another slice.</source>
   <translation>Atribúty tohto rezu sa nedajú prečítať ({}); zvoľte iný rez.</translation>
  </message>
  <message>
   <source>The bundled models were trained on &lt;b&gt;simulated patients&lt;/b&gt;. Their scores are scores, not probabilities of disease. A heatmap shows where a network's score came from, coarsely, and not where a lesion ends.</source>
   <translation>Pribalené modely boli trénované na &lt;b&gt;simulovaných pacientoch&lt;/b&gt;. Ich skóre sú skóre, nie pravdepodobnosti choroby. Tepelná mapa ukazuje, odkiaľ skóre siete pochádza, a to zhruba, nie kde sa lézia končí.</translation>
  </message>
  <message>
   <source>The compressed pixel data do not end as they should; what follows them is not shown.</source>
   <translation>Komprimované dáta pixelov sa nekončia, ako majú; čo za nimi nasleduje, sa nezobrazuje.</translation>
  </message>
  <message>
   <source>The compressed pixels have the patient's name in them; the series is not saved.</source>
   <translation>V komprimovaných pixeloch je meno pacienta; séria sa neuloží.</translation>
  </message>
  <message>
   <source>The computation was stopped.</source>
   <translation>Výpočet bol zastavený.</translation>
  </message>
  <message>
   <source>The crosshair belongs to the reformats; show them first (F8).</source>
   <translation>Kríž patrí k reformátom; najprv ich zobrazte (F8).</translation>
  </message>
  <message>
   <source>The crosshair goes there</source>
   <translation>Presunie sa tam kríž</translation>
  </message>
  <message>
   <source>The decoder crashed on this slice's data.</source>
   <translation>Dekodér na dátach tohto rezu spadol.</translation>
  </message>
  <message>
   <source>The decoder did not start within {} s; close other programs and open the folder again.</source>
   <translation>Dekodér sa nespustil do {} s; zatvorte iné programy a otvorte priečinok znova.</translation>
  </message>
  <message>
   <source>The description speaks of contrast or perfusion; models are made for plain scans.</source>
   <translation>Popis hovorí o kontraste alebo perfúzii; modely sú určené pre natívne skeny.</translation>
  </message>
  <message>
   <source>The device {} is unknown; use one of {}.</source>
   <translation>Zariadenie {} nie je známe; použite jedno z {}.</translation>
  </message>
  <message>
   <source>the disk failed</source>
   <translation>disk zlyhal</translation>
  </message>
  <message>
   <source>The distances of the pixels of this picture are not known, so nothing can be measured on it.</source>
   <translation>Vzdialenosti pixelov tohto obrazu nie sú známe, takže sa na ňom nedá merať.</translation>
  </message>
  <message>
   <source>The field of view of {} x {} mm is unusual for a head.</source>
   <translation>Zorné pole {} x {} mm je pre hlavu neobvyklé.</translation>
  </message>
  <message>
   <source>The file cannot be read any more.</source>
   <translation>Súbor sa už nedá prečítať.</translation>
  </message>
  <message>
   <source>The file departs from the standard: {}.</source>
   <translation>Súbor sa odchyľuje od štandardu: {}.</translation>
  </message>
  <message>
   <source>The file ends before its pixel data do.</source>
   <translation>Súbor sa končí skôr ako jeho dáta pixelov.</translation>
  </message>
  <message>
   <source>The file is damaged{}; what follows cannot be shown.</source>
   <translation>Súbor je poškodený{}; čo nasleduje, sa nedá zobraziť.</translation>
  </message>
  <message>
   <source>The file is empty.</source>
   <translation>Súbor je prázdny.</translation>
  </message>
  <message>
   <source>The file is larger than 256 MB.</source>
   <translation>Súbor je väčší ako 256 MB.</translation>
  </message>
  <message>
   <source>The file of this slice cannot be read; check its permissions and the connection.</source>
   <translation>Súbor tohto rezu sa nedá prečítať; skontrolujte oprávnenia a pripojenie.</translation>
  </message>
  <message>
   <source>The file of this slice is no longer there; open the folder again.</source>
   <translation>Súbor tohto rezu už neexistuje; otvorte priečinok znova.</translation>
  </message>
  <message>
   <source>The files bring no window</source>
   <translation>Súbory nemajú vlastné okno</translation>
  </message>
  <message>
   <source>The film would need {} GB of memory; choose fewer slices or smaller pictures.</source>
   <translation>Film by potreboval {} GB pamäte; zvoľte menej rezov alebo menšie obrázky.</translation>
  </message>
  <message>
   <source>The first one</source>
   <translation>Prvý</translation>
  </message>
  <message>
   <source>The folder may not be opened; check its permissions.</source>
   <translation>Priečinok sa nesmie otvoriť; skontrolujte oprávnenia.</translation>
  </message>
  <message>
   <source>The gantry was tilted by {:.1f}°.</source>
   <translation>Gantry bolo naklonené o {:.1f}°.</translation>
  </message>
  <message>
   <source>The gantry was tilted by {} degrees; axial pictures are true, slices are shifted against each other.</source>
   <translation>Gantry bolo naklonené o {} stupňov; axiálne obrazy sú verné, rezy sú voči sebe posunuté.</translation>
  </message>
  <message>
   <source>The head fills another part of the slice than in the training.</source>
   <translation>Hlava vypĺňa inú časť rezu ako pri trénovaní.</translation>
  </message>
  <message>
   <source>The header names a contrast agent; models are made for plain scans.</source>
   <translation>Hlavička uvádza kontrastnú látku; modely sú určené pre natívne skeny.</translation>
  </message>
  <message>
   <source>The heatmap</source>
   <translation>Tepelná mapa</translation>
  </message>
  <message>
   <source>The heatmap method {} is not offered for this model; use {}.</source>
   <translation>Metóda tepelnej mapy {} sa pre tento model neponúka; použite {}.</translation>
  </message>
  <message>
   <source>The heatmap was stopped because another model is shown.</source>
   <translation>Tepelná mapa bola zastavená, lebo je zobrazený iný model.</translation>
  </message>
  <message>
   <source>The heatmap was stopped; the one before it still stands.</source>
   <translation>Tepelná mapa bola zastavená; predchádzajúca stále platí.</translation>
  </message>
  <message>
   <source>The heatmap {} the same when the slice is moved a little or mirrored.</source>
   <translation>Tepelná mapa {} rovnaká, keď sa rez trochu posunie alebo zrkadlovo obráti.</translation>
  </message>
  <message>
   <source>The heatmap {} when the model's weights are made random.</source>
   <translation>Tepelná mapa {}, keď sa váhy modelu nahradia náhodnými.</translation>
  </message>
  <message>
   <source>The kept result of this row could not be removed from your data folder.</source>
   <translation>Uložený výsledok tohto riadka sa nedal odstrániť z vášho priečinka údajov.</translation>
  </message>
  <message>
   <source>The key for pseudonyms ({} in the user's data folder) is damaged; remove it to get a new one.</source>
   <translation>Kľúč pre pseudonymy ({} v priečinku používateľských údajov) je poškodený; odstráňte ho a vznikne nový.</translation>
  </message>
  <message>
   <source>The key for pseudonyms ({}) cannot be read; check its permissions.</source>
   <translation>Kľúč pre pseudonymy ({}) sa nedá prečítať; skontrolujte jeho oprávnenia.</translation>
  </message>
  <message>
   <source>The key that this action has by itself</source>
   <translation>Kláves, ktorý má tento príkaz sám od seba</translation>
  </message>
  <message>
   <source>The language of the window, from the next start on</source>
   <translation>Jazyk okna, od nasledujúceho spustenia</translation>
  </message>
  <message>
   <source>The language stays {}.</source>
   <translation>Jazyk zostáva {}.</translation>
  </message>
  <message>
   <source>The language will be {} when LeukoViewer is started again.</source>
   <translation>Po opätovnom spustení bude LeukoViewer v jazyku: {}.</translation>
  </message>
  <message>
   <source>The list stays when the program is closed: it keeps the paths of the folders, to open them again, and no patient's name or number. Your own runs go first. Research use, not for diagnosis.</source>
   <translation>Zoznam zostane aj po zatvorení programu: uchováva cesty k priečinkom, aby sa dali znova otvoriť, a žiadne meno ani číslo pacienta. Vaše vlastné behy majú prednosť. Na výskum, nie na diagnostiku.</translation>
  </message>
  <message>
   <source>The lowest slice</source>
   <translation>Najnižší rez</translation>
  </message>
  <message>
   <source>The mean and standard deviation of the model's channels are no numbers.</source>
   <translation>Stredná hodnota a smerodajná odchýlka kanálov modelu nie sú čísla.</translation>
  </message>
  <message>
   <source>The memory of this computer is full; close other programs and try again.</source>
   <translation>Pamäť tohto počítača je plná; zatvorte iné programy a skúste to znova.</translation>
  </message>
  <message>
   <source>The menu alone leads to this action</source>
   <translation>K tomuto príkazu vedie len ponuka</translation>
  </message>
  <message>
   <source>The middle one</source>
   <translation>Stredný</translation>
  </message>
  <message>
   <source>The model</source>
   <translation>Model</translation>
  </message>
  <message>
   <source>The model did not look at these slices.</source>
   <translation>Model sa na tieto rezy nepozrel.</translation>
  </message>
  <message>
   <source>The model gave no finite numbers for this series; it cannot be scored.</source>
   <translation>Model nedal pre túto sériu konečné čísla; nedá sa skórovať.</translation>
  </message>
  <message>
   <source>The model gets all {} of a slice.</source>
   <translation>Model dostane všetkých {} rezu.</translation>
  </message>
  <message>
   <source>The model gets the slices as they were scanned; nothing turns them straight.</source>
   <translation>Model dostane rezy tak, ako boli nasnímané; nič ich nevyrovná.</translation>
  </message>
  <message>
   <source>The model gets them as one scan.</source>
   <translation>Model ich dostane ako jeden sken.</translation>
  </message>
  <message>
   <source>The model in {} cannot be used: {}; install the model again.</source>
   <translation>Model v {} sa nedá použiť: {}; nainštalujte model znova.</translation>
  </message>
  <message>
   <source>The model in {} is installed twice; remove one of the two folders.</source>
   <translation>Model v {} je nainštalovaný dvakrát; odstráňte jeden z oboch priečinkov.</translation>
  </message>
  <message>
   <source>The model is running …</source>
   <translation>Model beží …</translation>
  </message>
  <message>
   <source>The model is running.</source>
   <translation>Model beží.</translation>
  </message>
  <message>
   <source>The model knows nothing of the missing slices.</source>
   <translation>Model o chýbajúcich rezoch nič nevie.</translation>
  </message>
  <message>
   <source>The model looked at {} of {} slices.</source>
   <translation>Model sa pozrel na {} z {} rezov.</translation>
  </message>
  <message>
   <source>The model may get the slices in another order.</source>
   <translation>Model môže dostať rezy v inom poradí.</translation>
  </message>
  <message>
   <source>The model points at nothing in this scan, so there is no localization to judge.</source>
   <translation>Model v tomto skene na nič neukazuje, takže nie je čo lokalizovať.</translation>
  </message>
  <message>
   <source>The model takes the steps for equal.</source>
   <translation>Model považuje kroky za rovnaké.</translation>
  </message>
  <message>
   <source>The model was stopped; {}.</source>
   <translation>Model bol zastavený; {}.</translation>
  </message>
  <message>
   <source>The model {} is installed already.</source>
   <translation>Model {} je už nainštalovaný.</translation>
  </message>
  <message>
   <source>The model {} was changed since it gave this result; run it again.</source>
   <translation>Model {} sa zmenil, odkedy dal tento výsledok; spustite ho znova.</translation>
  </message>
  <message>
   <source>The model {} {}; leukoviewer models lists what there is.</source>
   <translation>Model {} {}; čo je k dispozícii, vypíše leukoviewer models.</translation>
  </message>
  <message>
   <source>The model's graph gives results of another form; install the model again.</source>
   <translation>Graf modelu dáva výsledky v inom tvare; nainštalujte model znova.</translation>
  </message>
  <message>
   <source>The model's preprocessing cannot be understood by this version.</source>
   <translation>Predspracovaniu modelu táto verzia nerozumie.</translation>
  </message>
  <message>
   <source>The model's preprocessing holds a step without a name; the model is damaged.</source>
   <translation>Predspracovanie modelu má krok bez názvu; model je poškodený.</translation>
  </message>
  <message>
   <source>The model's preprocessing is not of the form {}; use another version.</source>
   <translation>Predspracovanie modelu nie je v tvare {}; použite inú verziu.</translation>
  </message>
  <message>
   <source>The model's preprocessing needs a step ({}) that this version of LeukoViewer does not know; use a newer version.</source>
   <translation>Predspracovanie modelu potrebuje krok ({}), ktorý táto verzia programu LeukoViewer nepozná; použite novšiu.</translation>
  </message>
  <message>
   <source>The model's preprocessing states no mean and standard deviation of its channels.</source>
   <translation>Predspracovanie modelu neudáva strednú hodnotu a smerodajnú odchýlku kanálov.</translation>
  </message>
  <message>
   <source>The model's preprocessing step {} cannot be built: {}.</source>
   <translation>Krok predspracovania modelu {} sa nedá zostaviť: {}.</translation>
  </message>
  <message>
   <source>The model's result is ready and sealed; it opens when you note your opinion.</source>
   <translation>Výsledok modelu je hotový a zapečatený; otvorí sa, keď zaznamenáte svoj názor.</translation>
  </message>
  <message>
   <source>The model's result will come sealed; it opens when you note your opinion.</source>
   <translation>Výsledok modelu príde zapečatený; otvorí sa, keď zaznamenáte svoj názor.</translation>
  </message>
  <message>
   <source>The models agree on every slice.</source>
   <translation>Modely sa zhodujú na každom reze.</translation>
  </message>
  <message>
   <source>The models disagree on the patient: positive by {}, negative by {}; they disagree {}.</source>
   <translation>Modely sa nezhodujú o pacientovi: pozitívny podľa {}, negatívny podľa {}; nezhodujú sa {}.</translation>
  </message>
  <message>
   <source>The models disagree on this slice</source>
   <translation>Modely sa na tomto reze nezhodujú</translation>
  </message>
  <message>
   <source>The most suspicious slices, each with and without heatmap; marked slices come besides</source>
   <translation>Najpodozrivejšie rezy, každý s tepelnou mapou aj bez nej; označené rezy sa pridajú</translation>
  </message>
  <message>
   <source>The movie cannot be written there; choose another place, or save a GIF.</source>
   <translation>Film sa tam nedá zapísať; zvoľte iné miesto alebo uložte GIF.</translation>
  </message>
  <message>
   <source>The movie could not be written whole; look whether the disk is full, or choose another place.</source>
   <translation>Film sa nedal zapísať celý; pozrite, či nie je plný disk, alebo zvoľte iné miesto.</translation>
  </message>
  <message>
   <source>The network {} does not end in average pooling and one linear layer; use ResNet, ConvNeXt or DenseNet.</source>
   <translation>Sieť {} sa nekončí priemerovaním a jednou lineárnou vrstvou; použite ResNet, ConvNeXt alebo DenseNet.</translation>
  </message>
  <message>
   <source>The next series of the list</source>
   <translation>Ďalšia séria zo zoznamu</translation>
  </message>
  <message>
   <source>The next slice above the threshold</source>
   <translation>Ďalší rez nad prahom</translation>
  </message>
  <message>
   <source>The next slice on which the packages disagree</source>
   <translation>Ďalší rez, na ktorom sa balíky nezhodujú</translation>
  </message>
  <message>
   <source>The next slice that you marked</source>
   <translation>Ďalší rez, ktorý ste označili</translation>
  </message>
  <message>
   <source>The one before</source>
   <translation>Ten predtým</translation>
  </message>
  <message>
   <source>the only axial series</source>
   <translation>jediná axiálna séria</translation>
  </message>
  <message>
   <source>The order follows the files' numbers.</source>
   <translation>Poradie je podľa čísel v súboroch.</translation>
  </message>
  <message>
   <source>The other views follow the slice</source>
   <translation>Ostatné pohľady nasledujú rez</translation>
  </message>
  <message>
   <source>The package pytorch-grad-cam is not installed; only Grad-CAM is offered without it.</source>
   <translation>Balík pytorch-grad-cam nie je nainštalovaný; bez neho sa ponúka len Grad-CAM.</translation>
  </message>
  <message>
   <source>The package that scored this row is no longer installed; run another one (M).</source>
   <translation>Balík, ktorý tento riadok skóroval, už nie je nainštalovaný; spustite iný (M).</translation>
  </message>
  <message>
   <source>The patient has leukoencephalopathy</source>
   <translation>Pacient má leukoencefalopatiu</translation>
  </message>
  <message>
   <source>The patient has none</source>
   <translation>Pacient ju nemá</translation>
  </message>
  <message>
   <source>The patient is positive with more positive slices than this</source>
   <translation>Pacient je pozitívny pri väčšom počte pozitívnych rezov</translation>
  </message>
  <message>
   <source>The patient is under 18 years old; models are made for adults.</source>
   <translation>Pacient má menej ako 18 rokov; modely sú určené pre dospelých.</translation>
  </message>
  <message>
   <source>The patient is {}</source>
   <translation>Pacient je {}</translation>
  </message>
  <message>
   <source>The patient's calibrated probability where the package has one, else the score of the most suspicious slice</source>
   <translation>Kalibrovaná pravdepodobnosť pacienta, ak ju balík má, inak skóre najpodozrivejšieho rezu</translation>
  </message>
  <message>
   <source>The picture is black in each.</source>
   <translation>Obraz je v každom čierny.</translation>
  </message>
  <message>
   <source>The pictures have the patient's data burned in; the series is not saved.</source>
   <translation>Obrazy majú vpálené údaje pacienta; séria sa neuloží.</translation>
  </message>
  <message>
   <source>The pixel data are cut off: {} of {} are there.</source>
   <translation>Dáta pixelov sú odrezané: je tu {} z {}.</translation>
  </message>
  <message>
   <source>The pixels of this scan are not square: one column of the scan is one column of the screen.</source>
   <translation>Pixely tohto skenu nie sú štvorcové: jeden stĺpec skenu je jeden stĺpec obrazovky.</translation>
  </message>
  <message>
   <source>The preprocessing {} must resize once and rescale once.</source>
   <translation>Predspracovanie {} musí raz zmeniť veľkosť a raz škálovať.</translation>
  </message>
  <message>
   <source>The preprocessing {} names its steps in an impossible order.</source>
   <translation>Predspracovanie {} uvádza kroky v nemožnom poradí.</translation>
  </message>
  <message>
   <source>The previous series of the list</source>
   <translation>Predchádzajúca séria zo zoznamu</translation>
  </message>
  <message>
   <source>The program's log; nothing of patients is in it</source>
   <translation>Denník programu; nie je v ňom nič o pacientoch</translation>
  </message>
  <message>
   <source>The reformats' crosshair 1 mm to the patient's back</source>
   <translation>Kríž reformátov o 1 mm dozadu v pacientovi</translation>
  </message>
  <message>
   <source>The reformats' crosshair 1 mm to the patient's feet</source>
   <translation>Kríž reformátov o 1 mm k nohám pacienta</translation>
  </message>
  <message>
   <source>The reformats' crosshair 1 mm to the patient's front</source>
   <translation>Kríž reformátov o 1 mm dopredu v pacientovi</translation>
  </message>
  <message>
   <source>The reformats' crosshair 1 mm to the patient's head</source>
   <translation>Kríž reformátov o 1 mm k hlave pacienta</translation>
  </message>
  <message>
   <source>The reformats' crosshair 1 mm to the patient's left</source>
   <translation>Kríž reformátov o 1 mm k ľavej strane pacienta</translation>
  </message>
  <message>
   <source>The reformats' crosshair 1 mm to the patient's right</source>
   <translation>Kríž reformátov o 1 mm k pravej strane pacienta</translation>
  </message>
  <message>
   <source>the result before it still stands</source>
   <translation>predchádzajúci výsledok stále platí</translation>
  </message>
  <message>
   <source>The result is right</source>
   <translation>Výsledok je správny</translation>
  </message>
  <message>
   <source>The result is sealed until you note your opinion (P).</source>
   <translation>Výsledok je zapečatený, kým nezaznamenáte svoj názor (P).</translation>
  </message>
  <message>
   <source>The result is wrong</source>
   <translation>Výsledok je nesprávny</translation>
  </message>
  <message>
   <source>The result of this row is no longer there; run the model again (M).</source>
   <translation>Výsledok tohto riadka už neexistuje; spustite model znova (M).</translation>
  </message>
  <message>
   <source>The result was opened without an opinion of yours; this case does not count in your statistics.</source>
   <translation>Výsledok ste otvorili bez vlastného názoru; tento prípad sa do vašej štatistiky nepočíta.</translation>
  </message>
  <message>
   <source>The same tissue counts more than once in the vote.</source>
   <translation>To isté tkanivo sa pri hlasovaní počíta viackrát.</translation>
  </message>
  <message>
   <source>The same wherever it is painted.</source>
   <translation>Rovnaké všade, kde sa kreslí.</translation>
  </message>
  <message>
   <source>The series is still being read.</source>
   <translation>Séria sa ešte číta.</translation>
  </message>
  <message>
   <source>The series needs {} GiB of pixels, more than the 2 GiB that are loaded.</source>
   <translation>Séria potrebuje {} GiB pixelov, viac ako 2 GiB, ktoré sa načítavajú.</translation>
  </message>
  <message>
   <source>The series states no pixel spacing, which this model's preprocessing needs.</source>
   <translation>Séria neudáva rozostup pixelov, ktorý predspracovanie tohto modelu potrebuje.</translation>
  </message>
  <message>
   <source>The series states no slice positions, which this model's preprocessing needs.</source>
   <translation>Séria neudáva polohy rezov, ktoré predspracovanie tohto modelu potrebuje.</translation>
  </message>
  <message>
   <source>The series that was open is no longer in its folder as it was; its session stays kept.</source>
   <translation>Séria, ktorá bola otvorená, už v priečinku nie je taká, aká bola; jej sedenie zostáva uložené.</translation>
  </message>
  <message>
   <source>The settings {}; the defaults are used and the old file is kept as {}.</source>
   <translation>Nastavenia {}; platia predvolené a starý súbor zostal ako {}.</translation>
  </message>
  <message>
   <source>The settings {}; the defaults are used.</source>
   <translation>Nastavenia {}; platia predvolené.</translation>
  </message>
  <message>
   <source>The shown slices go together now</source>
   <translation>Zobrazené rezy teraz idú spolu</translation>
  </message>
  <message>
   <source>The slice nearest to the vertex</source>
   <translation>Rez najbližšie k temenu</translation>
  </message>
  <message>
   <source>The slices are not axial; models read axial slices.</source>
   <translation>Rezy nie sú axiálne; modely čítajú axiálne rezy.</translation>
  </message>
  <message>
   <source>The slices are shown as they were scanned, oblique to the head.</source>
   <translation>Rezy sa zobrazujú tak, ako boli nasnímané, šikmo k hlave.</translation>
  </message>
  <message>
   <source>The stored slices are turned or mirrored (rows run to {}, columns to {}); the model was trained on slices whose rows run to the patient's left and columns to the back.</source>
   <translation>Uložené rezy sú otočené alebo zrkadlené (riadky vedú k {}, stĺpce k {}); model bol trénovaný na rezoch, ktorých riadky vedú k ľavej strane pacienta a stĺpce dozadu.</translation>
  </message>
  <message>
   <source>The strongest pattern among what makes up the score.</source>
   <translation>Najsilnejší vzor z toho, čo tvorí skóre.</translation>
  </message>
  <message>
   <source>The strongest pattern of the features, whether it raises the score or not.</source>
   <translation>Najsilnejší vzor príznakov, či už skóre zvyšuje, alebo nie.</translation>
  </message>
  <message>
   <source>The true size cannot be shown, because this screen does not tell how large it is.</source>
   <translation>Skutočná veľkosť sa nedá zobraziť, lebo táto obrazovka neudáva, aká je veľká.</translation>
  </message>
  <message>
   <source>The true size is not known, because these files do not tell the distances of the pixels.</source>
   <translation>Skutočná veľkosť nie je známa, lebo tieto súbory neudávajú vzdialenosti pixelov.</translation>
  </message>
  <message>
   <source>The warnings tell the reason.</source>
   <translation>Dôvod uvádzajú upozornenia.</translation>
  </message>
  <message>
   <source>The weights of {} do not fit the network {}; install the model again.</source>
   <translation>Váhy modelu {} nesedia na sieť {}; nainštalujte model znova.</translation>
  </message>
  <message>
   <source>The weights {} cannot be read ({}); install the model again.</source>
   <translation>Váhy {} sa nedajú prečítať ({}); nainštalujte model znova.</translation>
  </message>
  <message>
   <source>The weights {} cannot be read; install the model again.</source>
   <translation>Váhy {} sa nedajú prečítať; nainštalujte model znova.</translation>
  </message>
  <message>
   <source>The whole picture, as large as the view</source>
   <translation>Celý obraz, veľký ako pohľad</translation>
  </message>
  <message>
   <source>The window over the whole screen</source>
   <translation>Okno cez celú obrazovku</translation>
  </message>
  <message>
   <source>The window that the files bring</source>
   <translation>Okno, ktoré je v súboroch</translation>
  </message>
  <message>
   <source>The window that the files bring ({})</source>
   <translation>Okno, ktoré je v súboroch ({})</translation>
  </message>
  <message>
   <source>The window that the files bring; again for the next one</source>
   <translation>Okno, ktoré je v súboroch; znova prejde na ďalšie</translation>
  </message>
  <message>
   <source>The work was stopped.</source>
   <translation>Práca bola zastavená.</translation>
  </message>
  <message>
   <source>The worklist cannot be read; check the rights on your data folder. What you add now is not kept.</source>
   <translation>Zoznam práce sa nedá prečítať; skontrolujte oprávnenia vášho priečinka údajov. Čo teraz pridáte, sa neuloží.</translation>
  </message>
  <message>
   <source>The worklist is damaged or of another version; an empty one is used and the old file is kept as {}.</source>
   <translation>Zoznam práce je poškodený alebo inej verzie; použije sa prázdny a starý súbor zostal ako {}.</translation>
  </message>
  <message>
   <source>The worklist is open in another LeukoViewer; what you add here is not kept.</source>
   <translation>Zoznam práce je otvorený v inom LeukoViewer; čo pridáte tu, sa neuloží.</translation>
  </message>
  <message>
   <source>The {} data are damaged.</source>
   <translation>Dáta {} sú poškodené.</translation>
  </message>
  <message>
   <source>The {} device has too little memory for the model; use the processor.</source>
   <translation>Zariadenie {} má na model málo pamäte; použite procesor.</translation>
  </message>
  <message>
   <source>The {} device has too little memory; the processor did the work.</source>
   <translation>Zariadenie {} má málo pamäte; prácu vykonal procesor.</translation>
  </message>
  <message>
   <source>The {} device ran out of memory; it took {} slices at a time.</source>
   <translation>Zariadeniu {} došla pamäť; spracúvalo naraz {} rezov.</translation>
  </message>
  <message>
   <source>The {} slices of the scan count as {}: the model averages those that lie close.</source>
   <translation>Rezy skenu ({}) sa rátajú ako {}: model spriemeruje tie, ktoré ležia blízko seba.</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Motív</translation>
  </message>
  <message>
   <source>There are no key images yet; mark the shown slice (K).</source>
   <translation>Zatiaľ nie sú kľúčové obrazy; označte zobrazený rez (K).</translation>
  </message>
  <message>
   <source>There are no measurements to export.</source>
   <translation>Nie sú merania na export.</translation>
  </message>
  <message>
   <source>There is a window named {} already; choose another name.</source>
   <translation>Okno s názvom {} už existuje; zvoľte iný názov.</translation>
  </message>
  <message>
   <source>There is no CT image that can be read here{}; choose the folder with the scan.</source>
   <translation>Nie je tu obraz CT, ktorý sa dá prečítať{}; vyberte priečinok so skenom.</translation>
  </message>
  <message>
   <source>There is no feedback to export yet; judge a result first.</source>
   <translation>Zatiaľ nie je čo exportovať; najprv posúďte niektorý výsledok.</translation>
  </message>
  <message>
   <source>There is no file or folder {}.</source>
   <translation>Súbor ani priečinok {} neexistuje.</translation>
  </message>
  <message>
   <source>There is no log yet.</source>
   <translation>Denník zatiaľ neexistuje.</translation>
  </message>
  <message>
   <source>There is no model {} on this computer; installed models: {}.</source>
   <translation>Model {} na tomto počítači nie je; nainštalované modely: {}.</translation>
  </message>
  <message>
   <source>There is no model {} on this machine; installed models: {}.</source>
   <translation>Model {} na tomto počítači nie je; nainštalované modely: {}.</translation>
  </message>
  <message>
   <source>There is no other series to show beside this one; it is shown in a second window.</source>
   <translation>Vedľa tejto série nie je iná; zobrazuje sa v druhom okne.</translation>
  </message>
  <message>
   <source>there is no result</source>
   <translation>výsledok nie je</translation>
  </message>
  <message>
   <source>There is no result for this series; run the model first (M), or choose other slices.</source>
   <translation>Táto séria nemá výsledok; najprv spustite model (M) alebo zvoľte iné rezy.</translation>
  </message>
  <message>
   <source>There is no result yet; run the model first (M).</source>
   <translation>Zatiaľ nie je výsledok; najprv spustite model (M).</translation>
  </message>
  <message>
   <source>There is no score.</source>
   <translation>Skóre nie je.</translation>
  </message>
  <message>
   <source>There is no slice {}; this series has slices 1 to {}.</source>
   <translation>Rez {} neexistuje; táto séria má rezy 1 až {}.</translation>
  </message>
  <message>
   <source>There is no study beside this one.</source>
   <translation>Vedľa tohto vyšetrenia nie je iné.</translation>
  </message>
  <message>
   <source>There is no such file or folder; check the name.</source>
   <translation>Taký súbor ani priečinok neexistuje; skontrolujte názov.</translation>
  </message>
  <message>
   <source>There is no transfer syntax named {}; choose one of {}.</source>
   <translation>Prenosová syntax {} neexistuje; zvoľte jednu z {}.</translation>
  </message>
  <message>
   <source>There is only one view.</source>
   <translation>Pohľad je len jeden.</translation>
  </message>
  <message>
   <source>These are all the windows that there is room for.</source>
   <translation>Toto sú všetky okná, na ktoré je miesto.</translation>
  </message>
  <message>
   <source>These are screen captures, not CT values.</source>
   <translation>Sú to zachytené obrazovky, nie hodnoty CT.</translation>
  </message>
  <message>
   <source>These images do not decide it for you</source>
   <translation>Tieto obrazy to pre vás nerozhodnú</translation>
  </message>
  <message>
   <source>These slices are not shown.</source>
   <translation>Tieto rezy sa nezobrazujú.</translation>
  </message>
  <message>
   <source>Thickness {} mm</source>
   <translation>Hrúbka {} mm</translation>
  </message>
  <message>
   <source>thin {}</source>
   <translation>tenké {}</translation>
  </message>
  <message>
   <source>This computer has no {} device for PyTorch; choose another device.</source>
   <translation>Tento počítač nemá pre PyTorch zariadenie {}; zvoľte iné.</translation>
  </message>
  <message>
   <source>This computer has too little memory for the model; close other programs.</source>
   <translation>Tento počítač má na model málo pamäte; zatvorte iné programy.</translation>
  </message>
  <message>
   <source>This folder holds {} patients; choose a series from the list.</source>
   <translation>Tento priečinok obsahuje pacientov: {}; vyberte sériu zo zoznamu.</translation>
  </message>
  <message>
   <source>This is a localizer (scout), not a stack of slices.</source>
   <translation>Toto je lokalizér (scout), nie súbor rezov.</translation>
  </message>
  <message>
   <source>This method points at nothing in this scan</source>
   <translation>Táto metóda v tomto skene na nič neukazuje</translation>
  </message>
  <message>
   <source>This series cannot be scored: {}.</source>
   <translation>Táto séria sa nedá skórovať: {}.</translation>
  </message>
  <message>
   <source>This series holds captured pictures, which may show the patient's name; it is not saved.</source>
   <translation>Táto séria obsahuje zachytené obrázky, na ktorých môže byť meno pacienta; neuloží sa.</translation>
  </message>
  <message>
   <source>This series in two windows, and back</source>
   <translation>Táto séria v dvoch oknách, a späť</translation>
  </message>
  <message>
   <source>This series is no longer in its folder as it was; remove the row and add the folder again.</source>
   <translation>Táto séria už v priečinku nie je taká, aká bola; odstráňte riadok a pridajte priečinok znova.</translation>
  </message>
  <message>
   <source>This slice</source>
   <translation>Tento rez</translation>
  </message>
  <message>
   <source>This slice could not be read. {}</source>
   <translation>Tento rez sa nedal prečítať. {}</translation>
  </message>
  <message>
   <source>This slice is not read, so nothing can be measured on it.</source>
   <translation>Tento rez nie je prečítaný, takže sa na ňom nedá merať.</translation>
  </message>
  <message>
   <source>This slice is {}</source>
   <translation>Tento rez je {}</translation>
  </message>
  <message>
   <source>This study is open already; choose another folder, or see it twice (F6).</source>
   <translation>Toto vyšetrenie je už otvorené; zvoľte iný priečinok alebo ho zobrazte dvakrát (F6).</translation>
  </message>
  <message>
   <source>This version does not know some of the settings ({}); {}.</source>
   <translation>Táto verzia nepozná niektoré nastavenia ({}); {}.</translation>
  </message>
  <message>
   <source>This version does not run models for {}; use {} in a later one.</source>
   <translation>Táto verzia nespúšťa modely pre {}; použite {} v neskoršej.</translation>
  </message>
  <message>
   <source>This version knows no network named {}; use a model made for it, or update the viewer.</source>
   <translation>Táto verzia nepozná sieť s názvom {}; použite model určený pre ňu alebo aktualizujte program.</translation>
  </message>
  <message>
   <source>This version of ONNX Runtime takes no weights from memory; install a newer one.</source>
   <translation>Táto verzia ONNX Runtime neberie váhy z pamäte; nainštalujte novšiu.</translation>
  </message>
  <message>
   <source>Threshold</source>
   <translation>Prah</translation>
  </message>
  <message>
   <source>Threshold and vote as the package has them</source>
   <translation>Prah a hlasovanie, ako ich má balík</translation>
  </message>
  <message>
   <source>Threshold of the heatmap</source>
   <translation>Prah tepelnej mapy</translation>
  </message>
  <message>
   <source>tilt</source>
   <translation>sklon</translation>
  </message>
  <message>
   <source>Tilt {:+.1f}° corrected</source>
   <translation>Sklon {:+.1f}° opravený</translation>
  </message>
  <message>
   <source>Tilt {}°</source>
   <translation>Sklon {}°</translation>
  </message>
  <message>
   <source>tilted</source>
   <translation>naklonené</translation>
  </message>
  <message>
   <source>To and fro</source>
   <translation>Tam a späť</translation>
  </message>
  <message>
   <source>To HU</source>
   <translation>Na HU</translation>
  </message>
  <message>
   <source>too many files</source>
   <translation>príliš veľa súborov</translation>
  </message>
  <message>
   <source>Top and bottom exchanged</source>
   <translation>Vymení hornú a dolnú stranu</translation>
  </message>
  <message>
   <source>Torchvision does not start ({}); install it anew for this PyTorch.</source>
   <translation>Torchvision sa nespustí ({}); nainštalujte ho znova pre tento PyTorch.</translation>
  </message>
  <message>
   <source>toward {}, away {}</source>
   <translation>k modelu {}, od modelu {}</translation>
  </message>
  <message>
   <source>Trained on {}</source>
   <translation>Trénovaný na: {}</translation>
  </message>
  <message>
   <source>True size</source>
   <translation>Skutočná veľkosť</translation>
  </message>
  <message>
   <source>Tube voltage</source>
   <translation>Napätie trubice</translation>
  </message>
  <message>
   <source>Turn left</source>
   <translation>Otočiť doľava</translation>
  </message>
  <message>
   <source>Turn right</source>
   <translation>Otočiť doprava</translation>
  </message>
  <message>
   <source>Turned 180°</source>
   <translation>Otočené o 180°</translation>
  </message>
  <message>
   <source>Turned 90° left</source>
   <translation>Otočené o 90° doľava</translation>
  </message>
  <message>
   <source>Turned 90° right</source>
   <translation>Otočené o 90° doprava</translation>
  </message>
  <message>
   <source>Two slices lie at one place.</source>
   <translation>Dva rezy ležia na jednom mieste.</translation>
  </message>
  <message>
   <source>Two views</source>
   <translation>Dva pohľady</translation>
  </message>
  <message>
   <source>Ultrasound image</source>
   <translation>Ultrazvukový obraz</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Späť</translation>
  </message>
  <message>
   <source>unknown encoding</source>
   <translation>neznáme kódovanie</translation>
  </message>
  <message>
   <source>unknown encoding {}</source>
   <translation>neznáme kódovanie {}</translation>
  </message>
  <message>
   <source>unreadable file</source>
   <translation>nečitateľný súbor</translation>
  </message>
  <message>
   <source>unreadable slices</source>
   <translation>nečitateľné rezy</translation>
  </message>
  <message>
   <source>Unsure</source>
   <translation>Neisté</translation>
  </message>
  <message>
   <source>unusual field</source>
   <translation>neobvyklé pole</translation>
  </message>
  <message>
   <source>unusual field of view</source>
   <translation>neobvyklé zorné pole</translation>
  </message>
  <message>
   <source>Up to three other series beside this one. Each view has its own window, zoom and position</source>
   <translation>Najviac tri ďalšie série vedľa tejto. Každý pohľad má vlastné okno, zväčšenie a polohu</translation>
  </message>
  <message>
   <source>Usual key</source>
   <translation>Obvyklý kláves</translation>
  </message>
  <message>
   <source>Usual settings of this page</source>
   <translation>Obvyklé nastavenia tejto strany</translation>
  </message>
  <message>
   <source>validation patients, simulated patients</source>
   <translation>validační pacienti, simulovaní pacienti</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>Hodnota</translation>
  </message>
  <message>
   <source>value × {:g} {:+g}</source>
   <translation>hodnota × {:g} {:+g}</translation>
  </message>
  <message>
   <source>vary slightly</source>
   <translation>sa mierne líšia</translation>
  </message>
  <message>
   <source>Verdict</source>
   <translation>Verdikt</translation>
  </message>
  <message>
   <source>Versions, engines, settings and log, for support</source>
   <translation>Verzie, výpočtové jadrá, nastavenia a denník pre podporu</translation>
  </message>
  <message>
   <source>vertex</source>
   <translation>temeno</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Zobrazenie</translation>
  </message>
  <message>
   <source>View {}</source>
   <translation>Pohľad {}</translation>
  </message>
  <message>
   <source>Views</source>
   <translation>Pohľady</translation>
  </message>
  <message>
   <source>Vote</source>
   <translation>Hlasy</translation>
  </message>
  <message>
   <source>W {}  C {}</source>
   <translation>W {}  C {}</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>čaká</translation>
  </message>
  <message>
   <source>Waits for your own work</source>
   <translation>Čaká na vašu vlastnú prácu</translation>
  </message>
  <message>
   <source>Warning: {}</source>
   <translation>Upozornenie: {}</translation>
  </message>
  <message>
   <source>Warnings</source>
   <translation>Upozornenia</translation>
  </message>
  <message>
   <source>Weighs each feature by its fair share of the score.</source>
   <translation>Každý príznak váži jeho spravodlivým podielom na skóre.</translation>
  </message>
  <message>
   <source>Weighs the features place by place instead of by their mean over the slice.</source>
   <translation>Príznaky váži miesto po mieste, nie ich priemerom cez rez.</translation>
  </message>
  <message>
   <source>What a head CT opens with; holds for the next series that opens.</source>
   <translation>Čím sa otvára CT hlavy; platí pre ďalšiu sériu, ktorá sa otvorí.</translation>
  </message>
  <message>
   <source>What is made</source>
   <translation>Čo sa vytvorí</translation>
  </message>
  <message>
   <source>What is shown as one was stored as several series.</source>
   <translation>Čo sa zobrazuje ako jedna séria, bolo uložené ako viac sérií.</translation>
  </message>
  <message>
   <source>What lies between these slices is not shown.</source>
   <translation>Čo leží medzi týmito rezmi, sa nezobrazuje.</translation>
  </message>
  <message>
   <source>What lies on the others has no score and no part in the vote.</source>
   <translation>Čo je na ostatných, nemá skóre ani hlas.</translation>
  </message>
  <message>
   <source>What the left mouse button does on the picture. The wheel scrolls in any case.</source>
   <translation>Čo robí ľavé tlačidlo myši na obraze. Koliesko vždy prechádza rezmi.</translation>
  </message>
  <message>
   <source>What the models point at together; each on its own scan's scale.</source>
   <translation>Na čo modely ukazujú spolu; každý na stupnici vlastného skenu.</translation>
  </message>
  <message>
   <source>What the report tells of the patient; texts of the scan may hold more</source>
   <translation>Čo správa uvádza o pacientovi; texty skenu môžu obsahovať viac</translation>
  </message>
  <message>
   <source>What this page had at first</source>
   <translation>Čo mala táto strana pôvodne</translation>
  </message>
  <message>
   <source>What this program is for, and what it is not for</source>
   <translation>Na čo tento program je a na čo nie je</translation>
  </message>
  <message>
   <source>Wheel</source>
   <translation>Koliesko</translation>
  </message>
  <message>
   <source>Where a series opens.</source>
   <translation>Kde sa séria otvorí.</translation>
  </message>
  <message>
   <source>Where features are unusually strong, whether they raise the score or not.</source>
   <translation>Kde sú príznaky neobvykle silné, či už skóre zvyšujú, alebo nie.</translation>
  </message>
  <message>
   <source>Where slices lie is not known.</source>
   <translation>Nie je známe, kde rezy ležia.</translation>
  </message>
  <message>
   <source>Where the image features lie that raise the score; comes with the score at no cost.</source>
   <translation>Kde ležia príznaky obrazu, ktoré zvyšujú skóre; prichádza so skóre bez ďalších nákladov.</translation>
  </message>
  <message>
   <source>Where the model runs</source>
   <translation>Kde model beží</translation>
  </message>
  <message>
   <source>Where this slice cuts the others</source>
   <translation>Kde tento rez pretína ostatné</translation>
  </message>
  <message>
   <source>Which slices of the series</source>
   <translation>Ktoré rezy série</translation>
  </message>
  <message>
   <source>White</source>
   <translation>Biela</translation>
  </message>
  <message>
   <source>White matter</source>
   <translation>Biela hmota</translation>
  </message>
  <message>
   <source>White matter  40 / 40</source>
   <translation>Biela hmota  40 / 40</translation>
  </message>
  <message>
   <source>Wholly sure</source>
   <translation>Úplne istý</translation>
  </message>
  <message>
   <source>Width</source>
   <translation>Šírka</translation>
  </message>
  <message>
   <source>Width by up and down, center by left and right.</source>
   <translation>Šírka hore a dole, stred vľavo a vpravo.</translation>
  </message>
  <message>
   <source>Width of own window {} in HU</source>
   <translation>Šírka vlastného okna {} v HU</translation>
  </message>
  <message>
   <source>Window</source>
   <translation>Okno</translation>
  </message>
  <message>
   <source>Window Bone: width 2500, center 480 HU</source>
   <translation>Okno Kosť: šírka 2500, stred 480 HU</translation>
  </message>
  <message>
   <source>Window Brain: width 80, center 40 HU</source>
   <translation>Okno Mozog: šírka 80, stred 40 HU</translation>
  </message>
  <message>
   <source>Window center in HU</source>
   <translation>Stred okna v HU</translation>
  </message>
  <message>
   <source>Window Lung: width 1500, center -600 HU</source>
   <translation>Okno Pľúca: šírka 1500, stred -600 HU</translation>
  </message>
  <message>
   <source>Window name</source>
   <translation>Názov okna</translation>
  </message>
  <message>
   <source>Window Posterior fossa: width 120, center 40 HU</source>
   <translation>Okno Zadná jama: šírka 120, stred 40 HU</translation>
  </message>
  <message>
   <source>Window Soft tissue: width 400, center 40 HU</source>
   <translation>Okno Mäkké tkanivá: šírka 400, stred 40 HU</translation>
  </message>
  <message>
   <source>Window Subdural: width 215, center 75 HU</source>
   <translation>Okno Subdurálne: šírka 215, stred 75 HU</translation>
  </message>
  <message>
   <source>Window White matter: width 40, center 40 HU</source>
   <translation>Okno Biela hmota: šírka 40, stred 40 HU</translation>
  </message>
  <message>
   <source>Window width in HU</source>
   <translation>Šírka okna v HU</translation>
  </message>
  <message>
   <source>Window {}: width {}, center {} HU</source>
   <translation>Okno {}: šírka {}, stred {} HU</translation>
  </message>
  <message>
   <source>Window, zoom, position, flip and turn as at first</source>
   <translation>Okno, zväčšenie, poloha, preklopenie a otočenie ako na začiatku</translation>
  </message>
  <message>
   <source>Window: right widens, down raises the center</source>
   <translation>Okno: doprava širšie, nadol vyšší stred</translation>
  </message>
  <message>
   <source>Windows</source>
   <translation>Okná</translation>
  </message>
  <message>
   <source>With an opinion but no result yet: {}.</source>
   <translation>S názorom, ale zatiaľ bez výsledku: {}.</translation>
  </message>
  <message>
   <source>With their values, and with what you wrote beside them, as it stands there</source>
   <translation>S hodnotami a s tým, čo ste k nim napísali, tak ako to tam stojí</translation>
  </message>
  <message>
   <source>With words, small pictures are enlarged by a whole number</source>
   <translation>So slovami sa malé obrázky zväčšia o celé číslo</translation>
  </message>
  <message>
   <source>without a random region, largest</source>
   <translation>bez náhodnej oblasti, najväčší</translation>
  </message>
  <message>
   <source>without a random region, mean</source>
   <translation>bez náhodnej oblasti, priemer</translation>
  </message>
  <message>
   <source>Without name, numbers, dates, free text and private attributes; pixels stay as they are.</source>
   <translation>Bez mena, čísel, dátumov, voľného textu a súkromných atribútov; pixely zostávajú, ako sú.</translation>
  </message>
  <message>
   <source>Without pictures: {}.</source>
   <translation>Bez obrazov: {}.</translation>
  </message>
  <message>
   <source>Without the hot region the score falls {} than without other regions of the same size.</source>
   <translation>Bez horúcej oblasti klesne skóre {} ako bez iných oblastí rovnakej veľkosti.</translation>
  </message>
  <message>
   <source>Without the panels, or this view alone; and back</source>
   <translation>Bez panelov alebo len tento pohľad; a späť</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Slová</translation>
  </message>
  <message>
   <source>Words beside the selected measurement</source>
   <translation>Slová pri vybranom meraní</translation>
  </message>
  <message>
   <source>Words in panels, menus and over the picture, from 100 to 200 %.</source>
   <translation>Slová v paneloch, ponukách a nad obrazom, od 100 do 200 %.</translation>
  </message>
  <message>
   <source>Words of a setting or of an action, or a key</source>
   <translation>Slová nastavenia alebo príkazu, alebo kláves</translation>
  </message>
  <message>
   <source>Worklist</source>
   <translation>Zoznam práce</translation>
  </message>
  <message>
   <source>Worklist…</source>
   <translation>Zoznam práce…</translation>
  </message>
  <message>
   <source>Writing DICOM results</source>
   <translation>Zapisujú sa výsledky DICOM</translation>
  </message>
  <message>
   <source>Writing the movie</source>
   <translation>Zapisuje sa film</translation>
  </message>
  <message>
   <source>Writing the picture</source>
   <translation>Zapisuje sa obrázok</translation>
  </message>
  <message>
   <source>Written into the picture; never into a file's name</source>
   <translation>Zapísané do obrázka; nikdy nie do názvu súboru</translation>
  </message>
  <message>
   <source>Wrong results of such programs are known to mislead readers. Read the scan first.</source>
   <translation>O nesprávnych výsledkoch takých programov je známe, že hodnotiteľov zavádzajú. Najprv si prečítajte sken.</translation>
  </message>
  <message>
   <source>X-ray image</source>
   <translation>Röntgenový obraz</translation>
  </message>
  <message>
   <source>Yes</source>
   <translation>Áno</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>áno</translation>
  </message>
  <message>
   <source>You agree</source>
   <translation>Súhlasíte</translation>
  </message>
  <message>
   <source>You are unsure</source>
   <translation>Nie ste si istý</translation>
  </message>
  <message>
   <source>You disagree</source>
   <translation>Nesúhlasíte</translation>
  </message>
  <message>
   <source>You have no permission to read what lies here; ask for it, or choose another folder.</source>
   <translation>Nemáte povolenie čítať, čo tu leží; vyžiadajte si ho alebo vyberte iný priečinok.</translation>
  </message>
  <message>
   <source>You saw this result before the mode was on; an opinion noted now is not blind.</source>
   <translation>Tento výsledok ste videli pred zapnutím režimu; názor zaznamenaný teraz nie je nezávislý.</translation>
  </message>
  <message>
   <source>Your feedback</source>
   <translation>Vaša spätná väzba</translation>
  </message>
  <message>
   <source>Your label of the patient</source>
   <translation>Vaše označenie pacienta</translation>
  </message>
  <message>
   <source>Your label of this slice</source>
   <translation>Vaše označenie tohto rezu</translation>
  </message>
  <message>
   <source>Your label: {}</source>
   <translation>Vaše označenie: {}</translation>
  </message>
  <message>
   <source>Your opinion</source>
   <translation>Váš názor</translation>
  </message>
  <message>
   <source>Your opinion…</source>
   <translation>Váš názor…</translation>
  </message>
  <message>
   <source>Your own windows stand in the Window menu and in the panel, each with a key.</source>
   <translation>Vaše vlastné okná sú v ponuke Okno a v paneli, každé s klávesom.</translation>
  </message>
  <message>
   <source>Your statistics</source>
   <translation>Vaša štatistika</translation>
  </message>
  <message>
   <source>Your statistics…</source>
   <translation>Vaša štatistika…</translation>
  </message>
  <message>
   <source>Your threshold</source>
   <translation>Váš prah</translation>
  </message>
  <message>
   <source>your threshold</source>
   <translation>váš prah</translation>
  </message>
  <message>
   <source>Yours</source>
   <translation>Vaše</translation>
  </message>
  <message>
   <source>Zoom</source>
   <translation>Zväčšenie</translation>
  </message>
  <message>
   <source>Zoom in about the middle of the view</source>
   <translation>Priblížiť okolo stredu pohľadu</translation>
  </message>
  <message>
   <source>Zoom out about the middle of the view</source>
   <translation>Oddialiť okolo stredu pohľadu</translation>
  </message>
  <message>
   <source>Zoom {} %</source>
   <translation>Zväčšenie {} %</translation>
  </message>
  <message numerus="yes">
   <source>{:,} attributes</source>
   <translation>
    <numerusform>{:,} atribút</numerusform>
    <numerusform>{:,} atribúty</numerusform>
    <numerusform>{:,} atribútov</numerusform>
   </translation>
  </message>
  <message>
   <source>{:,} bytes</source>
   <translation>{:,} bajtov</translation>
  </message>
  <message>
   <source>{:.0f} {} (interpolated)</source>
   <translation>{:.0f} {} (interpolované)</translation>
  </message>
  <message>
   <source>{:.0f} × {:.0f} mm (height × width)</source>
   <translation>{:.0f} × {:.0f} mm (výška × šírka)</translation>
  </message>
  <message>
   <source>{:.1f} mm, from {:.1f} to {:.1f} mm along the normal</source>
   <translation>{:.1f} mm, od {:.1f} do {:.1f} mm pozdĺž normály</translation>
  </message>
  <message>
   <source>{:.2f} mm (median; {:.2f} to {:.2f} mm)</source>
   <translation>{:.2f} mm (medián; {:.2f} až {:.2f} mm)</translation>
  </message>
  <message>
   <source>{:.3g} years</source>
   <translation>{:.3g} r.</translation>
  </message>
  <message>
   <source>{:g} to {:g} {}</source>
   <translation>{:g} až {:g} {}</translation>
  </message>
  <message>
   <source>{}  (Esc stops)</source>
   <translation>{}  (Esc zastaví)</translation>
  </message>
  <message>
   <source>{} % agree</source>
   <translation>{} % zhoda</translation>
  </message>
  <message>
   <source>{} (damaged)</source>
   <translation>{} (poškodený)</translation>
  </message>
  <message>
   <source>{} (slice {} of {} that the model sees)</source>
   <translation>{} (rez {} z {}, ktoré model vidí)</translation>
  </message>
  <message>
   <source>{} (slow)</source>
   <translation>{} (pomalé)</translation>
  </message>
  <message>
   <source>{} [slice {}]</source>
   <translation>{} [rez {}]</translation>
  </message>
  <message>
   <source>{} [slices {}]</source>
   <translation>{} [rezy {}]</translation>
  </message>
  <message>
   <source>{} and {}</source>
   <translation>{} a {}</translation>
  </message>
  <message numerus="yes">
   <source>{} attributes</source>
   <translation>
    <numerusform>{} atribút</numerusform>
    <numerusform>{} atribúty</numerusform>
    <numerusform>{} atribútov</numerusform>
   </translation>
  </message>
  <message>
   <source>{} bits, signed</source>
   <translation>{} bitov, so znamienkom</translation>
  </message>
  <message>
   <source>{} bits, unsigned</source>
   <translation>{} bitov, bez znamienka</translation>
  </message>
  <message>
   <source>{} by {} {}{} on {} patients, {}</source>
   <translation>{} podľa {} {}{} na {} pacientoch, {}</translation>
  </message>
  <message>
   <source>{} by {} {}{} on {} simulated patients, {}</source>
   <translation>{} podľa {} {}{} na {} simulovaných pacientoch, {}</translation>
  </message>
  <message>
   <source>{} cannot be installed: {}; get the file again.</source>
   <translation>{} sa nedá nainštalovať: {}; zaobstarajte súbor znova.</translation>
  </message>
  <message>
   <source>{} cannot be reached; check its permissions and the connection.</source>
   <translation>{} nie je dostupný; skontrolujte oprávnenia a pripojenie.</translation>
  </message>
  <message>
   <source>{} cannot be read ({}).</source>
   <translation>{} sa nedá prečítať ({}).</translation>
  </message>
  <message>
   <source>{} cannot be read ({}); nothing new of it will be saved this time.</source>
   <translation>{} sa nedá prečítať ({}); nič nové sa z toho tentoraz neuloží.</translation>
  </message>
  <message>
   <source>{} cannot be read, being damaged or of another version, and cannot be put aside; nothing new of it will be saved this time.</source>
   <translation>{} sa nedá prečítať, je poškodené alebo inej verzie a nedá sa odložiť; nič nové sa z toho tentoraz neuloží.</translation>
  </message>
  <message>
   <source>{} cannot be read, being damaged or of another version; it is kept as {} in the user's data folder.</source>
   <translation>{} sa nedá prečítať, je poškodené alebo inej verzie; zostalo ako {} v priečinku používateľských údajov.</translation>
  </message>
  <message>
   <source>{} cannot be removed ({}); close programs that use it.</source>
   <translation>{} sa nedá odstrániť ({}); zatvorte programy, ktoré ho používajú.</translation>
  </message>
  <message>
   <source>{} cannot be used: in its manifest, {}; install the model again, or a version of LeukoViewer made for it.</source>
   <translation>{} sa nedá použiť: v jeho manifeste {}; nainštalujte model znova alebo verziu LeukoViewer, pre ktorú je určený.</translation>
  </message>
  <message>
   <source>{} cannot be used: {}; install the model again.</source>
   <translation>{} sa nedá použiť: {}; nainštalujte model znova.</translation>
  </message>
  <message>
   <source>{} cannot be written ({}); choose another place.</source>
   <translation>{} sa nedá zapísať ({}); zvoľte iné miesto.</translation>
  </message>
  <message>
   <source>{} cannot be written ({}); free space or check its permissions.</source>
   <translation>{} sa nedá zapísať ({}); uvoľnite miesto alebo skontrolujte oprávnenia.</translation>
  </message>
  <message>
   <source>{} carry the identifier of another image and show something else.</source>
   <translation>{} nesie identifikátor iného obrazu, ale ukazuje niečo iné.</translation>
  </message>
  <message numerus="yes">
   <source>{} cases with an opinion before the result</source>
   <translation>
    <numerusform>{} prípad s názorom pred výsledkom</numerusform>
    <numerusform>{} prípady s názorom pred výsledkom</numerusform>
    <numerusform>{} prípadov s názorom pred výsledkom</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{} days</source>
   <translation>
    <numerusform>{} deň</numerusform>
    <numerusform>{} dni</numerusform>
    <numerusform>{} dní</numerusform>
   </translation>
  </message>
  <message>
   <source>{} DICOM objects were saved in {}. They carry the patient's data, as the scan does.</source>
   <translation>Uložené objekty DICOM: {} v {}. Obsahujú údaje pacienta rovnako ako sken.</translation>
  </message>
  <message>
   <source>{} earlier</source>
   <translation>skôr o {}</translation>
  </message>
  <message>
   <source>{} exact copies</source>
   <translation>{} presných kópií</translation>
  </message>
  <message>
   <source>{} exact copy</source>
   <translation>{} presná kópia</translation>
  </message>
  <message>
   <source>{} exists already; choose another name or remove it.</source>
   <translation>{} už existuje; zvoľte iný názov alebo ho odstráňte.</translation>
  </message>
  <message>
   <source>{} file that is not DICOM</source>
   <translation>{} súbor, ktorý nie je DICOM</translation>
  </message>
  <message numerus="yes">
   <source>{} files</source>
   <translation>
    <numerusform>{} súbor</numerusform>
    <numerusform>{} súbory</numerusform>
    <numerusform>{} súborov</numerusform>
   </translation>
  </message>
  <message>
   <source>{} files that are not DICOM</source>
   <translation>súbory, ktoré nie sú DICOM: {}</translation>
  </message>
  <message>
   <source>{} files without the patient: DICOM PS3.15, Basic Application Confidentiality Profile.</source>
   <translation>Súbory bez pacienta: {}. DICOM PS3.15, Basic Application Confidentiality Profile.</translation>
  </message>
  <message>
   <source>{} gave no finite numbers; use Grad-CAM.</source>
   <translation>{} nedala konečné čísla; použite Grad-CAM.</translation>
  </message>
  <message>
   <source>{} image</source>
   <translation>{} obraz</translation>
  </message>
  <message numerus="yes">
   <source>{} images</source>
   <translation>
    <numerusform>{} obraz</numerusform>
    <numerusform>{} obrazy</numerusform>
    <numerusform>{} obrazov</numerusform>
   </translation>
  </message>
  <message>
   <source>{} in the user's data folder is being changed by another window; try again.</source>
   <translation>{} v dátovom priečinku používateľa práve mení iné okno; skúste to znova.</translation>
  </message>
  <message>
   <source>{} in {} cannot be read ({}); check its permissions.</source>
   <translation>{} v {} sa nedá prečítať ({}); skontrolujte oprávnenia.</translation>
  </message>
  <message>
   <source>{} is being read</source>
   <translation>Číta sa: {}</translation>
  </message>
  <message>
   <source>{} is its key already.</source>
   <translation>{} je už jeho kláves.</translation>
  </message>
  <message>
   <source>{} is no longer there; choose another folder.</source>
   <translation>{} už neexistuje; vyberte iný priečinok.</translation>
  </message>
  <message>
   <source>{} is no name for a preprocessing recipe.</source>
   <translation>{} nie je názov predspracovania.</translation>
  </message>
  <message>
   <source>{} is not among those of the model's training ({}).</source>
   <translation>{} nie je medzi kernelmi z trénovania modelu ({}).</translation>
  </message>
  <message>
   <source>{} is not installed; it is needed for {}.</source>
   <translation>{} nie je nainštalované; potrebuje to {}.</translation>
  </message>
  <message>
   <source>{} is the key of “{}” now.</source>
   <translation>{} je teraz kláves pre „{}“.</translation>
  </message>
  <message>
   <source>{} is the key of “{}”; press another one, or take it from there.</source>
   <translation>{} je kláves pre „{}“; stlačte iný alebo ho odtiaľ vezmite.</translation>
  </message>
  <message>
   <source>{} is there already; choose another name.</source>
   <translation>{} už existuje; zvoľte iný názov.</translation>
  </message>
  <message>
   <source>{} later</source>
   <translation>neskôr o {}</translation>
  </message>
  <message>
   <source>{} missing between slices {} and {} ({} mm apart, {} mm around).</source>
   <translation>Chýba: {0} medzi rezmi {1} a {2} (vzdialenosť {3} mm, okolo {4} mm).</translation>
  </message>
  <message>
   <source>{} mL are denser than {} HU, which is metal; its streaks may be taken for tissue.</source>
   <translation>{} ml je hustejších ako {} HU, čo je kov; jeho pruhy sa môžu považovať za tkanivo.</translation>
  </message>
  <message>
   <source>{} mm ({}) and {} mm ({})</source>
   <translation>{} mm ({}) a {} mm ({})</translation>
  </message>
  <message>
   <source>{} mm thick every {} mm</source>
   <translation>hrubé {} mm každých {} mm</translation>
  </message>
  <message>
   <source>{} models agree that the patient is {}; they disagree {}.</source>
   <translation>Modely ({}) sa zhodujú, že pacient je {}; nezhodujú sa {}.</translation>
  </message>
  <message numerus="yes">
   <source>{} months</source>
   <translation>
    <numerusform>{} mesiac</numerusform>
    <numerusform>{} mesiace</numerusform>
    <numerusform>{} mesiacov</numerusform>
   </translation>
  </message>
  <message>
   <source>{} moves between fields, presses buttons or leaves; choose another key.</source>
   <translation>{} prechádza medzi poľami, stláča tlačidlá alebo odchádza; zvoľte iný kláves.</translation>
  </message>
  <message>
   <source>{} needs PyTorch, which is not installed or cannot be loaded; choose the processor, or install the full application with: pip install leukoviewer[gpu].</source>
   <translation>{} potrebuje PyTorch, ktorý nie je nainštalovaný alebo sa nedá načítať; zvoľte procesor alebo nainštalujte celú aplikáciu: pip install leukoviewer[gpu].</translation>
  </message>
  <message>
   <source>{} not enough for a volume; it takes {}.</source>
   <translation>{} na objem nestačí; treba ich {}.</translation>
  </message>
  <message>
   <source>{} of images left out.</source>
   <translation>Vynechané: {} obrazov.</translation>
  </message>
  <message>
   <source>{} of this series {} otherwise or differ in size, and are shown apart.</source>
   <translation>{0} tejto série leží inak alebo má inú veľkosť a zobrazuje sa oddelene.</translation>
  </message>
  <message>
   <source>{} of {}</source>
   <translation>{} z {}</translation>
  </message>
  <message>
   <source>{} of {} do not say how values become HU; raw values are shown.</source>
   <translation>{} z {} neuvádza, ako sa z hodnôt stanú HU; zobrazujú sa surové hodnoty.</translation>
  </message>
  <message>
   <source>{} of {} slices could not be read and are shown empty: {}</source>
   <translation>Rezy, ktoré sa nedali prečítať a sú zobrazené prázdne: {} z {}: {}</translation>
  </message>
  <message>
   <source>{} of {} slices positive, more than {} needed: {}</source>
   <translation>pozitívne rezy: {} z {}, treba viac ako {}: {}</translation>
  </message>
  <message>
   <source>{} of {} were compressed with loss.</source>
   <translation>{} z {} bolo komprimovaných so stratou.</translation>
  </message>
  <message>
   <source>{} of {} {} no position in space.</source>
   <translation>{0} z {1} rezov nemá polohu v priestore.</translation>
  </message>
  <message>
   <source>{} of {}, more than {} needed</source>
   <translation>{} z {}, treba viac ako {}</translation>
  </message>
  <message>
   <source>{} on {} of {} x {} pixels</source>
   <translation>{} na {} z {} x {} pixelov</translation>
  </message>
  <message>
   <source>{} opens the menu {}; choose another key.</source>
   <translation>{} otvára ponuku {}; zvoľte iný kláves.</translation>
  </message>
  <message numerus="yes">
   <source>{} pages</source>
   <translation>
    <numerusform>{} strana</numerusform>
    <numerusform>{} strany</numerusform>
    <numerusform>{} strán</numerusform>
   </translation>
  </message>
  <message>
   <source>{} pair</source>
   <translation>{} pár</translation>
  </message>
  <message>
   <source>{} pairs</source>
   <translation>{} párov</translation>
  </message>
  <message>
   <source>{} pixels</source>
   <translation>{} pixelov</translation>
  </message>
  <message>
   <source>{} pixels; mean {:.1f} ± {:.1f} {}</source>
   <translation>{} pixelov; priemer {:.1f} ± {:.1f} {}</translation>
  </message>
  <message>
   <source>{} series were put together by their positions; use it only if they are one scan.</source>
   <translation>Podľa polôh boli spojené série: {}; použite to, len ak sú jeden sken.</translation>
  </message>
  <message>
   <source>{} slice</source>
   <translation>{} rez</translation>
  </message>
  <message numerus="yes">
   <source>{} slices</source>
   <translation>
    <numerusform>{} rez</numerusform>
    <numerusform>{} rezy</numerusform>
    <numerusform>{} rezov</numerusform>
   </translation>
  </message>
  <message>
   <source>{} slices are</source>
   <translation>Rezy: {}</translation>
  </message>
  <message numerus="yes">
   <source>{} slices could not be read</source>
   <translation>
    <numerusform>{} rez sa nedal prečítať</numerusform>
    <numerusform>{} rezy sa nedali prečítať</numerusform>
    <numerusform>{} rezov sa nedalo prečítať</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{} slices labeled</source>
   <translation>
    <numerusform>{} označený rez</numerusform>
    <numerusform>{} označené rezy</numerusform>
    <numerusform>{} označených rezov</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{} slices of the model's stack are averages of several slices.</source>
   <translation>
    <numerusform>{} rez modelu je priemerom viacerých rezov.</numerusform>
    <numerusform>{} rezy modelu sú priemerom viacerých rezov.</numerusform>
    <numerusform>{} rezov modelu je priemerom viacerých rezov.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{} slices of the model's stack hold no image; they get no score.</source>
   <translation>
    <numerusform>{} rez modelu nemá obraz ani skóre.</numerusform>
    <numerusform>{} rezy modelu nemajú obraz ani skóre.</numerusform>
    <numerusform>{} rezov modelu nemá obraz ani skóre.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{} studies: </source>
   <translation>
    <numerusform>{} vyšetrenie: </numerusform>
    <numerusform>{} vyšetrenia: </numerusform>
    <numerusform>{} vyšetrení: </numerusform>
   </translation>
  </message>
  <message>
   <source>{} This is at your limit of slices; at the package's own ({:.2f}, more than {}) it is {}.</source>
   <translation>{} To je pri vašom počte rezov; pri vlastných hraniciach balíka ({:.2f}, viac ako {}) je {}.</translation>
  </message>
  <message>
   <source>{} This is at your threshold; at the package's own ({:.2f}, more than {}) it is {}.</source>
   <translation>{} To je pri vašom prahu; pri vlastných hraniciach balíka ({:.2f}, viac ako {}) je {}.</translation>
  </message>
  <message numerus="yes">
   <source>{} warnings</source>
   <translation>
    <numerusform>{} upozornenie</numerusform>
    <numerusform>{} upozornenia</numerusform>
    <numerusform>{} upozornení</numerusform>
   </translation>
  </message>
  <message>
   <source>{} was stopped because another series is shown.</source>
   <translation>{} – zastavené, lebo je zobrazená iná séria.</translation>
  </message>
  <message>
   <source>{} y</source>
   <translation>{} r.</translation>
  </message>
  <message numerus="yes">
   <source>{} years</source>
   <translation>
    <numerusform>{} rok</numerusform>
    <numerusform>{} roky</numerusform>
    <numerusform>{} rokov</numerusform>
   </translation>
  </message>
  <message>
   <source>{} {}, trained on {}</source>
   <translation>{} {}, trénovaný na: {}</translation>
  </message>
  <message>
   <source>{} × {} (rows × columns)</source>
   <translation>{} × {} (riadky × stĺpce)</translation>
  </message>
  <message>
   <source>{} × {} mm (rows × columns)</source>
   <translation>{} × {} mm (riadky × stĺpce)</translation>
  </message>
  <message>
   <source>{} × {} pixels</source>
   <translation>{} × {} pixelov</translation>
  </message>
  <message>
   <source>{}, confidence {} of 5</source>
   <translation>{}, istota {} z 5</translation>
  </message>
  <message>
   <source>{}, simulated patients</source>
   <translation>{}, simulovaní pacienti</translation>
  </message>
  <message>
   <source>{}, slice {}</source>
   <translation>{}, rez {}</translation>
  </message>
  <message>
   <source>{}, slices {}</source>
   <translation>{}, rezy {}</translation>
  </message>
  <message>
   <source>{}, {} images of {} × {} pixels</source>
   <translation>{}, {} obrazov s {} × {} pixelmi</translation>
  </message>
  <message>
   <source>{}, {} seconds</source>
   <translation>{}, {} s</translation>
  </message>
  <message>
   <source>{}: width {:g}, center {:g} HU</source>
   <translation>{}: šírka {:g}, stred {:g} HU</translation>
  </message>
  <message>
   <source>{}: {}</source>
   <translation>{}: {}</translation>
  </message>
  <message>
   <source>{}: {} {} %</source>
   <translation>{}: {} {} %</translation>
  </message>
  <message>
   <source>{}; Enter takes it</source>
   <translation>{}; Enter ju prevezme</translation>
  </message>
  <message>
   <source>{}; {} on {}{}.</source>
   <translation>{}; {} na {}{}.</translation>
  </message>
  <message>
   <source>◆ The models disagree on slice {}.</source>
   <translation>◆ Modely sa nezhodujú na reze {}.</translation>
  </message>
  <message>
   <source>◆ {} of {} disagree</source>
   <translation>◆ {} z {} sa nezhodujú</translation>
  </message>
  <message>
   <source>★ Key image</source>
   <translation>★ Kľúčový obraz</translation>
  </message>
  <message>
   <source>★ Slice {}</source>
   <translation>★ Rez {}</translation>
  </message>
  <message>
   <source>★ Slice {}, {} mm</source>
   <translation>★ Rez {}, {} mm</translation>
  </message>
  <message>
   <source>⚠ This folder holds {} patients; the name stands at each series.</source>
   <translation>⚠ Tento priečinok obsahuje pacientov: {}; meno je pri každej sérii.</translation>
  </message>
 </context>
</TS>
