"""English words that are capitalised without being names, for one reason or another."""

from __future__ import annotations

#: Words that begin a sentence or a heading, or stand as a title before a name, and are no part of it.
STOP_EN = frozenset(
    """The A An This That These Those In On At By For From To With Under Over After Before During Since Until
    While When Where Which Who Whose Both Either Neither Each Every All Some Many Most Several Other Another
    Such Its His Her Their Our My Your It He She They We You I If As And But Or Nor So Yet Then Thus Hence
    Therefore However Moreover Furthermore Although Though Because Despite According Accordingly Between Among
    Within Without Through Against About Into Upon Of Not No Only Also Here There Now Today Currently Recently
    Later Lastly Finally Similarly Likewise Meanwhile Indeed Overall Historically Based Due One Two Three Four
    Five Given Like Unlike See Article Chapter Section Table Figure Part Volume Keywords Abstract Introduction
    Conclusion What Why How Is Are Was Were Has Have Had Can Could May Might Must Should Will Would Let Using
    Following Including Former Late Early Mr Mrs Ms Dr Prof President Minister Chairman Commander General
    Admiral Secretary Chancellor Premier Professor King Queen Prince Ambassador Senator Director Spokesman
    Leader Councilor Councillor Vice Deputy Prime Chief Rear Brigadier Colonel Captain Lieutenant Marshal Sheikh
    Ayatollah Mullah Imam Sir Lord Analyst Spokesperson Spokeswoman Correspondent Reporter Chairwoman
    Congressman Governor Mayor Sen Rep Gov Gen Lt Col Capt Maj Sgt Adm Cmdr Det Insp Reverend Monday Tuesday
    Wednesday Thursday Friday Saturday Sunday Beyond Across Along Around Behind Below Above Beside Besides
    Concerning Considering Regarding Throughout Toward Towards Via Per Whether Whereas Once Still Even Just
    Rather Further""".split()
)

#: The months.
MONTHS = frozenset("""January February March April May June July August September October November December""".split())

#: Words that scholarly English capitalises in labels, lists and at the beginning of sentences.
ORDINARY_EN = frozenset(
    """Executive Order Source Association Learning Neural Deep Machine Vector Linear Binary Graph Random Tree
    Access Cloud Edge Image Video Error Rate Loss Function Feature Layer Input Output Web Mobile Smart Augmented
    Vehicle Wireless Sensor Signal Frequency Fuzzy Genetic Team Project Family Blood Heart Cancer Diabetes
    Health Mental Physical Emotional Cognitive Behavioral Behavioural Self Job Organizational Customer Brand
    Supply Chain Value Knowledge Innovation Financial Capital Stock Tax Oil Gas Coal Solar Wind Climate Soil
    Forest Plant Animal Food Drug Cell Gene Protein Patient Nurse Doctor Child Children Women Men Parent Age
    Gender Sex Race Class Religion Art Music Film Poetry Novel Story Author Reader Narrator Character Hero King
    Prophet Constitutional Judicial Penal Contract Property Right Rights Duty State Nation People Republic
    Kingdom Empire Dynasty Revolution War Peace Treaty Border Frontier Island Sea Port Harbour Ship Missile
    Nuclear Weapon Weapons Drone Submarine Fleet Naval Tank Radar Satellite Rocket Launch Optional Mutual
    Academic Action Advanced Advisory Air Alternative Analysis Annual Applied Area Army Basic Bilateral Business
    Case Central Civil Clinical Collective Commercial Common Community Comparative Comprehensive Contact Control
    Cooperation Core Cultural Current Data Decision Defence Defense Development Digital Discussion Diplomatic
    Dynamic Economic Education Educational Electronic Empirical Energy Environmental Ethical Ethics Expert
    Experimental External Field Final First Focus Foreign Foundation Framework Full Future General Global
    Government Historical Human Humanitarian Industrial Information Initial Integrated Interest Internal
    International Interview Joint Key Land Language Large Last Law Legal Level Life Local Long Main Major
    Management Maritime Market Master Media Medical Method Military Minor Mixed Model Modern Monetary
    Multilateral National Natural Network New Next Old Online Open Operational Original Parallel Partial Peer
    Pilot Policy Political Population Power Practical Press Pressure Primary Private Problem Process Product
    Production Professional Proposed Public Quality Question Rapid Rational Reference Regional Related Religious
    Research Results Review Rural Safety Sample Science Scientific Second Secondary Security Selected Service
    Simple Small Social Soft Space Special Speech Standard Static Statistical Steering Strategic Structural
    Student Study Support Supreme Survey Sustainable Systematic Task Teacher Technical Test Text Theoretical
    Third Three Time Total Trade Traditional Training Treatment Trilateral Two Urban User Virtual Visual Water
    West East North South Western Eastern Northern Southern Work Working World Young Youth January February
    March April May June July August September October November December Monday Tuesday Wednesday Thursday
    Friday Saturday Sunday Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand
    Muharram Safar Rajab Ramadan Ramazan Shawwal Spring Summer Autumn Fall Winter Mach Celsius Fahrenheit Kelvin
    Section Chapter Table Figure Appendix Part Volume Article Note Notes Abstract Introduction Conclusion Islam
    Christianity Judaism Buddhism Marxism Communism Internet""".split()
)

#: What the model takes for names and scholarly prose uses as terms: subjects, techniques, measures, months of Iran.
NO_NAMES = frozenset(
    """Monte Naive Ph PhD MSc BSc MA International Relations Internet Web Table Figure Fig Section Chapter
    Appendix Equation Eq Algorithm Theorem Lemma Model Method Results Discussion Persian English Arabic Latin
    Sanskrit Spring Summer Autumn Winter North South East West Northern Southern Eastern State Government Army
    Armed Small Light Surface Air Sea Land God Earth Sun Moon Cloud Bluetooth Wi Fi Python Java Linux Windows
    Android AI IT ICT GDP GPS USD Euro Rial Vol No Issue Serial Journal Quarterly Bulletin Proceedings Received
    Accepted Revised Submitted Keywords COVID HTML XML JSON API SQL GPU CPU RAM ROM USB TCP UDP HTTP URL PDF DNA
    RNA BMI MRI PCR ICU HIV CNN RNN LSTM BERT GPT SVM GAN OCR ASR CEO PhDs SARS SWOT PEST GNP FDI R&D NGO NGOs
    WMD ICBM SAM UAV UAVs AIDS CO Covid IoT ML NLP LLM Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr
    Aban Azar Dey Bahman Esfand Muharram Safar Rajab Ramadan Shawwal Mach Hypothesis Question Interview
    Respondent Participant Case Group Phase Stage Step Type Class Block Mark Level Grade Note Source JEL ANOVA
    SPSS Likert Cronbach Chi Supreme Leader""".split()
)

#: Last words of things named after persons, which are no persons.
NOT_FAMILY = frozenset(
    """Cross Prize Award Medal Cup League Order Day Week Year Model Test Scale Index Theorem Method Effect
    Syndrome Disease Distribution Equation Number Coefficient Algorithm Questionnaire Inventory Criterion
    Paradox Hypothesis Theory Doctrine Line Point Lecture Lectures Press Books Review Journal Edition Manuscript
    Collection Papers Archive Report Memorial Fellow Fellowship Scholarship Chair Show Band Street Road Avenue
    Airport Field Class""".split()
)

#: Last words of terms of art, which prose capitalises as if they were names (*Beck Depression Inventory*).
TERM_HEADS = frozenset(
    """Model Models Test Tests Set Sets Process Processes Inventory Questionnaire Scale Scales Index Agar System
    Equilibrium Causality Scorecard Responsibility Theory Method Methods Algorithm Algorithms Processing
    Learning Therapy Analysis Education Behavior Behaviour Function Functions Distribution Transform Theorem
    Machine Machines Forest Bayes Error Rate Coefficient Effect Syndrome Disease Disorder Virus Acid Score
    Framework Approach Technique Management Marketing Product Translation Recognition Simulation Regression
    Classification Clustering Optimization Optimisation Detection Extraction Segmentation Summarization
    Expression Equation Matrix Tree Graph Filter Kernel Layer Encoder Decoder Attention Embedding Chain Decision
    Paradox Principle Hypothesis Curve Income Efficacy Intelligence Resilience Satisfaction Performance
    Leadership Culture Identity Style Strategy Planning Design Assessment Evaluation Measurement Validity
    Reliability Sampling Interview Protocols Language Languages Grammar Logic Ethics Philosophy Criticism
    Realism Idealism Constructivism Liberalism Feminism Marxism Structuralism Formalism Romanticism Mysticism
    Jurisprudence Contract Liability Procedure Arbitration Majeure Governance Diplomacy Deterrence Dilemma
    Prophet Agent Gene Protein Cell Cells Receptor Antibody Diet Medicine Oil Extract Trial""".split()
)
