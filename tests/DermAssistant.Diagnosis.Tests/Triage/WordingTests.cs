using DermAssistant.Ontology;
using DermAssistant.Tests;

namespace DermAssistant.Diagnosis.Tests.Triage;

/// <summary>Red flags in the words of the facts and in the words people use.</summary>
public class WordingTests
{
    private static readonly OntologyGraph Graph = OntologyGraph.Load(TestPaths.InRepository("ontology"));
    private static readonly TriageEvaluator Evaluator = new(Graph);

    [Theory]
    [InlineData("My nail has a new brown band", Urgency.Soon)]
    [InlineData("I have a dark line in my nail", Urgency.Soon)]
    [InlineData("There is pigment on the nail fold", Urgency.Soon)]
    [InlineData("dark line under my thumbnail", Urgency.Soon)]
    [InlineData("black streak in my nail", Urgency.Soon)]
    [InlineData("I have hives and I collapsed", Urgency.Emergency)]
    [InlineData("I have a growing firm nodule", Urgency.Soon)]
    [InlineData("my leg is red, warm, tender and spreading", Urgency.Urgent)]
    [InlineData("my leg turned purple and is spreading fast", Urgency.Emergency)]
    [InlineData("black foot, cold, painful", Urgency.Emergency)]
    [InlineData("my toe is black and cold", Urgency.Emergency)]
    [InlineData("Fever 38.7, face swollen, rash after starting carbamazepine 3 weeks ago", Urgency.Emergency)]
    [InlineData("my 4 year old has had a fever for six days and red eyes and cracked lips", Urgency.Emergency)]
    [InlineData("newborn with blisters who does not feed well", Urgency.Emergency)]
    [InlineData("my 3 year old's skin is peeling and tender", Urgency.Emergency)]
    [InlineData("My whole skin is red", Urgency.Emergency)]
    [InlineData("the spots dont disappear when I press a glass on them and she has a fever", Urgency.Emergency)]
    [InlineData("no itching, fever 39, rash not fading under glass", Urgency.Emergency)]
    [InlineData("skin falling off in sheets, sore eyes, fever", Urgency.Emergency)]
    [InlineData("skin is peeling off all over my body after taking lamotrigine, my mouth is full of sores", Urgency.Emergency)]
    [InlineData("I took allopurinol 2 weeks ago, now fever and a blistering rash, my eyes hurt", Urgency.Emergency)]
    [InlineData("my skin peels off, mouth hurt, i take new drug", Urgency.Emergency)]
    [InlineData("new black spot on the sole", Urgency.Soon)]
    [InlineData("Dermoscopy shows an atypical pigment network and irregular dots", Urgency.Soon)]
    [InlineData("I'm struggling to breathe and have hives", Urgency.Emergency)]
    [InlineData("my tongue is swollen", Urgency.Emergency)]
    [InlineData("tongue and lips swollen", Urgency.Emergency)]
    [InlineData("swollen lips and tongue after peanuts", Urgency.Emergency)]
    [InlineData("swelling of the tongue", Urgency.Emergency)]
    [InlineData("my face is swollen", Urgency.Urgent)]
    [InlineData("She can't breath", Urgency.Emergency)]
    [InlineData("he can hardly breathe", Urgency.Emergency)]
    [InlineData("throat feels tight", Urgency.Emergency)]
    [InlineData("purpel spots and feaver", Urgency.Emergency)]
    [InlineData("my tounge is swolen", Urgency.Emergency)]
    [InlineData("My baby has blisters and peeling skin and sore mouth", Urgency.Emergency)]
    [InlineData("it is growing fast", Urgency.Soon)]
    public void A_red_flag_is_understood(string text, Urgency urgency)
    {
        Assert.True(UrgencyOf(text) >= urgency, $"{UrgencyOf(text)}: {Signs(text)}");
        Assert.True(UrgencyOf("How soon should this be seen? " + text) >= urgency);
    }

    // The red flags of facts/triage.json, word for word; those that give alternatives are tried one by one.
    [Theory]
    [InlineData("trouble breathing", Urgency.Emergency)]
    [InlineData("swelling of tongue or throat", Urgency.Emergency)]
    [InlineData("collapse", Urgency.Emergency)]
    [InlineData("non-blanching rash with fever", Urgency.Emergency)]
    [InlineData("non-blanching rash, feeling very ill", Urgency.Emergency)]
    [InlineData("skin blistering or peeling with sore mouth, eyes or genitals", Urgency.Emergency)]
    [InlineData("pain far worse than appearance", Urgency.Emergency)]
    [InlineData("rapidly spreading purple/black skin", Urgency.Emergency)]
    [InlineData("widespread redness of nearly all skin", Urgency.Emergency)]
    [InlineData("rash near the eye with eye pain or vision change", Urgency.Emergency)]
    [InlineData("fever with rash in a baby under 3 months", Urgency.Emergency)]
    [InlineData("fever with rash in an immunosuppressed person", Urgency.Emergency)]
    [InlineData("new or changing mole", Urgency.Soon)]
    [InlineData("sore, lump or ulcer not healed after 4 weeks", Urgency.Soon)]
    [InlineData("growing firm nodule, pigmented or not", Urgency.Soon)]
    [InlineData("new dark nail band, single digit", Urgency.Soon)]
    [InlineData("pigment on the nail fold, single digit", Urgency.Soon)]
    [InlineData("new or changing dark patch on palm or sole", Urgency.Soon)]
    [InlineData("hot, swollen, spreading tender skin", Urgency.Urgent)]
    [InlineData("shingles within 72 hours", Urgency.Urgent)]
    [InlineData("shingles in pregnancy", Urgency.Urgent)]
    [InlineData("shingles and immunosuppression", Urgency.Urgent)]
    [InlineData("painful one-sided blisters on forehead, eyelid or nose, shingles", Urgency.Urgent)]
    [InlineData("cold, painful, dusky or black digit or limb", Urgency.Emergency)]
    [InlineData("numb, white or waxy skin after cold, blisters", Urgency.Emergency)]
    [InlineData("very painful net-like purple patches turning black, kidney disease", Urgency.Emergency)]
    [InlineData("black necrotic ulcers with red rim in an unwell person", Urgency.Emergency)]
    [InlineData("sheets of pustules on red sore skin with fever, painful", Urgency.Emergency)]
    [InlineData("fever, sunburn-like rash, low blood pressure, vomiting, later peeling", Urgency.Emergency)]
    [InlineData("widespread rash with fever >=38.5 C, facial swelling, swollen nodes, new medicine", Urgency.Emergency)]
    [InlineData("redness and scale over about 90% or more of the skin", Urgency.Emergency)]
    [InlineData("rapidly worsening painful eczema, clustered punched-out erosions", Urgency.Emergency)]
    public void The_red_flags_of_the_facts_are_understood(string text, Urgency urgency) =>
        Assert.True(UrgencyOf(text) >= urgency, $"{UrgencyOf(text)}: {Signs(text)}");

    public static TheoryData<string, string> Features() => new()
    {
        { "painful dusky or purpuric macules, then flaccid blisters or sheets of skin lifting", "painful blistering peeling" },
        { "sore or eroded mouth, eyes or genitals (usually two or more mucosal sites)", "sore-mucosa" },
        { "fever, feels ill", "fever very-ill" },
        { "new medicine, usually in the previous 1-4 weeks (risk extends to about 8 weeks)", "new-medicine" },
        { "pain far worse than the skin looks, or loss of feeling", "pain-out-of-proportion" },
        { "rapidly spreading swelling over hours to days", "spreading-fast swollen" },
        { "black, purple or grey blotches or blisters, crackling", "black-or-purple-skin" },
        { "fever, vomiting, confusion, collapse", "fever very-ill collapse" },
        { "petechiae or purpura that do not fade under a glass", "non-blanching" },
        { "fever with cold hands and feet, limb pain, fast breathing, drowsiness, stiff neck", "fever very-ill" },
        { "rapidly worsening painful eczema", "worse-fast painful eczema" },
        { "clustered uniform 1-3 mm punched-out erosions or blisters", "punched-out" },
        { "fever, lethargy (fever in only about 40-75%)", "fever very-ill" },
        { "sudden airway, breathing or circulation problem: throat or tongue swelling, hoarse voice, wheeze, faint, collapse", "breathing collapse" },
        { "tender red skin first in folds and round the mouth and nose, then widespread", "painful" },
        { "superficial peeling or blisters that slide with light pressure", "peeling blistering" },
        { "mostly under 6 years; fever, irritable", "child fever very-ill" },
        { "redness and scale over about 90% or more of the skin (sources give 50-90%)", "all-over" },
        { "shivering, swelling, fast pulse, dehydration", "fever swollen very-ill" },
        { "widespread rash with fever >=38.5 C, facial swelling, swollen nodes", "fever face-swelling swollen-glands" },
        { "starts about 2-8 weeks after a new medicine (anticonvulsants, allopurinol, sulfonamides)", "new-medicine" },
        { "painful one-sided blisters on forehead, eyelid or nose", "painful blistering near-eye" },
        { "rash on tip or side of the nose, red eye, blurred vision or light sensitivity raise risk to the eye", "near-eye eye-symptoms" },
        { "child with fever 5 days or more and four of: red eyes without pus; red cracked lips or strawberry tongue; swollen red hands or feet; rash; neck node >=1.5 cm", "child fever fever-5-days sore-mucosa swollen" },
        { "fever, sunburn-like rash, low blood pressure, vomiting, later peeling", "fever sunburn-like very-ill peeling" },
        { "sheets of pustules on red sore skin with fever", "pustules fever" },
        { "black necrotic ulcers with red rim in an unwell or immunosuppressed person", "black-or-purple-skin very-ill immunosuppressed" },
        { "very painful net-like purple patches turning black, kidney disease", "painful black-or-purple-skin kidney-disease" },
        { "cold, painful, dusky or black digit or limb", "painful dark-limb" },
        { "numb, white or waxy skin after cold, blisters", "frozen blistering" },
        { "fever, poor feeding, drowsiness with vesicles", "fever poor-feeding very-ill blistering" },
        { "chemotherapy, transplant, neutropenia", "immunosuppressed" },
        { "change in size", "growing changing" },
        { "irregular shape", "irregular-shape" },
        { "irregular colour", "irregular-colour" },
        { "largest diameter 7 mm or more", "wide-7-mm" },
        { "inflammation", "inflamed" },
        { "oozing", "oozing" },
        { "change in sensation", "change-in-sensation" },
        { "atypical pigment network", "atypical-network" },
        { "blue-whitish veil", "blue-white-veil" },
        { "atypical vascular pattern (dotted or linear irregular)", "atypical-vessels" },
        { "irregular streaks", "irregular-streaks" },
        { "irregular pigmentation (diffuse or localized)", "irregular-pigmentation" },
        { "irregular dots and globules", "irregular-dots" },
        { "regression structures", "regression" },
        { "two or more colours", "irregular-colour" },
        { "irregular border", "irregular-shape" },
        { "asymmetry", "irregular-shape" },
        { "elevated, firm, growing (weeks)", "elevated firm growing" },
        { "a mole unlike the person's other moles needs assessment", "ugly-duckling" },
        { "band brown to black, 3 mm or wider, blurred edge on the nail", "nail-band" },
        { "extension of pigment onto the nail fold (Hutchinson sign)", "nail-fold-pigment" },
        { "family or personal history of melanoma", "family-history" },
    };

    [Theory]
    [MemberData(nameof(Features))]
    public void Every_feature_the_rules_rest_on_gives_its_signs(string feature, string signs)
    {
        var found = Graph.ReportedSigns.Read(feature).Where(sign => !sign.Denied).Select(sign => sign.Id).ToList();

        Assert.All(signs.Split(' '), sign => Assert.True(found.Contains(sign), $"{sign} is not among {string.Join(", ", found)}"));
    }

    [Fact]
    public void The_features_of_every_emergency_are_among_those_tried()
    {
        var tried = Features().Select(row => (string)row[0]).ToHashSet();
        string[] noSign =
        [
            "may start as a blanching rash, or no rash", "often hives or flushing, but skin signs can be absent",
            "hives alone without A/B/C problem are not anaphylaxis but need watching", "mouth and eyes spared (contrast SJS/TEN)", "liver or other organ involvement, eosinophilia",
        ];

        Assert.All(Graph.Triage.Emergencies.SelectMany(emergency => emergency.Features), feature => Assert.Contains(feature, tried.Concat(noSign)));
    }

    public static TheoryData<string, string> LayWords() => new()
    {
        { "changing", "it is changing|it has changed|my mole changed|it looks different now|the spot keeps changing" },
        { "new", "I have a new mole|a new spot|it appeared recently|this was not there before|it newly appeared" },
        { "growing", "it is growing|it grew|it has got bigger|it's getting larger|my mole has grown" },
        { "growing-fast", "it is growing fast|it grows quickly|rapidly growing|it doubled in size|it got bigger very quickly" },
        { "irregular-shape", "the border is irregular|jagged edges|it is asymmetrical|uneven outline|the shape has changed" },
        { "irregular-colour", "it has several colours|uneven colour|it is getting darker|its colour has changed|two different colours" },
        { "wide-7-mm", "it is 8mm wide|about 1 cm|12 mm across|bigger than a pencil eraser|it measures 1.5 cm" },
        { "inflamed", "it is inflamed|red and sore|there is inflammation|redness around it|the spot is red and swollen" },
        { "oozing", "it oozes|it is weeping|it leaks|there is discharge|it's leaking fluid" },
        { "bleeding", "it bleeds|it bled yesterday|it is bleeding|it keeps bleeding|there was blood on my pillow" },
        { "change-in-sensation", "it feels different|it tingles|it is tender|it feels strange|it went numb" },
        { "itching", "it itches|it's itchy|I keep scratching|very itchy skin|the itch is bad" },
        { "painful", "it hurts|it is painful|I have pain there|it aches|it is sore to touch" },
        { "ugly-duckling", "it looks different from my other moles|it is an ugly duckling|unlike my other moles|it stands out from the others|it is the odd one out" },
        { "elevated", "it is raised|it sticks out|a bump|it is elevated|there is a lump" },
        { "firm", "it is firm|it feels hard|a hard lump|it is hard to the touch|it's solid" },
        { "not-healing", "it does not heal|it won't heal|it has never healed|a sore that keeps coming back|an ulcer for 6 weeks" },
        { "nail-band", "a dark band in my nail|black line under my fingernail|brown streak on the nail|my nail has a dark stripe|my thumbnail has a black line" },
        { "nail-fold-pigment", "the skin beside the nail is dark|dark cuticle|pigment on my cuticle|the nail fold is brown|the colour spreads onto the nail fold" },
        { "palm-or-sole", "on my palm|on the sole|on the bottom of my foot|under my foot|on my heel" },
        { "dark-patch", "a dark patch|a black spot|a brown mark|a dark stain|a dark area" },
        { "family-history", "my mother had melanoma|it runs in the family|I had melanoma before|melanoma in the family|family history of skin cancer" },
        { "fever", "he has a fever|I am feverish|temperature of 39|her temperature is 38.5|I'm shivering" },
        { "very-ill", "she is very ill|I feel awful|he is drowsy|she keeps vomiting|he seems confused" },
        { "breathing", "I can't breathe|trouble breathing|my throat is swelling|he is wheezing|short of breath|struggling to breathe|difficulty swallowing|I cannot breath|hardly breathing" },
        { "collapse", "he collapsed|she fainted|I passed out|I feel faint|he is unconscious" },
        { "non-blanching", "the spots do not fade|it doesn't blanch|purple spots|the spots are purple|they stay when I press a glass on them" },
        { "blistering", "I have blisters|it blistered|a blistering rash|fluid filled bumps|the skin is blistered" },
        { "peeling", "my skin is peeling|the skin comes off|skin peels off|his skin is falling off|skin sloughing" },
        { "sore-mucosa", "my mouth is sore|sores in my mouth|my eyes hurt|cracked lips|my genitals are sore" },
        { "new-medicine", "I started a new medicine|after antibiotics|I began taking lamotrigine|new tablets|a rash since starting allopurinol" },
        { "face-swelling", "my face is swollen|swollen face|facial swelling|swollen lips|my eyelids are puffy" },
        { "swollen-glands", "swollen glands|my glands are swollen|lymph nodes are swollen|swollen lymph nodes|the nodes in my neck are swollen" },
        { "pain-out-of-proportion", "the pain is far worse than it looks|excruciating pain|unbearable pain|pain out of proportion|I lost feeling there" },
        { "spreading-fast", "it is spreading fast|spreading rapidly|it spread overnight|spreading by the hour|it spreads within hours" },
        { "spreading", "it is spreading|it spreads|it has spread|the redness is spreading|it keeps expanding" },
        { "black-or-purple-skin", "my skin turned black|purple blotches|the skin is turning purple|black patches|my leg went purple" },
        { "warm", "it feels hot|the skin is warm|hot to touch|it is burning hot|there is warmth" },
        { "swollen", "it is swollen|there is swelling|my leg is puffy|swelling of my foot|it swelled up" },
        { "all-over", "I am red all over|my whole body is red|nearly all my skin is red|redness all over|my entire skin is red" },
        { "eczema", "I have eczema|known eczema|he has atopic dermatitis|my eczema|her eczema" },
        { "punched-out", "punched-out sores|clusters of blisters|clustered erosions|a cluster of blisters|small uniform blisters" },
        { "worse-fast", "it is getting worse fast|rapidly worsening|much worse since yesterday|worse by the hour|it worsened quickly" },
        { "near-eye", "near my eye|on my eyelid|around the eye|on the tip of my nose|on my forehead" },
        { "eye-symptoms", "my eye hurts|red eyes|blurred vision|sensitive to light|eye pain" },
        { "shingles", "I have shingles|it is shingles|herpes zoster|shingles rash|my shingles" },
        { "within-72-hours", "since yesterday|it began two days ago|since this morning|3 days ago|it started today" },
        { "pregnant", "I am pregnant|in pregnancy|during my pregnancy|I'm expecting a baby|she is pregnant" },
        { "immunosuppressed", "I'm immunosuppressed|on chemotherapy|after a transplant|my immune system is weak|she has neutropenia" },
        { "child", "my child|my son|my 4 year old|a toddler|our little girl" },
        { "baby", "my baby|our newborn|an infant|my 6 month old|3 weeks old" },
        { "baby-under-3-months", "my newborn|he is 3 weeks old|a 2 month old|5 days old|a neonate" },
        { "fever-5-days", "fever for 5 days|fever for six days|5 days of fever|a fever for a week|fever for more than 5 days" },
        { "poor-feeding", "she does not feed well|not feeding|he won't feed|poor feeding|she refuses milk" },
        { "cold-limb", "my foot is cold|cold leg|my toes are cold|a cold finger|her hand is cold" },
        { "dark-limb", "my toe turned black|black finger|my foot is dusky|the toe is black|a blackened toe" },
        { "frozen", "frostbite|frozen skin|white and numb after cold|waxy skin|my fingers are white after snow" },
        { "kidney-disease", "kidney disease|I am on dialysis|kidney failure|renal failure|his kidneys are failing" },
        { "pustules", "pustules|pus filled spots|sheets of pustules|spots with pus|a pustular rash" },
        { "sunburn-like", "like sunburn|a sunburn-like rash|looks like a sunburn|as if sunburnt|a rash like sunburn" },
        { "atypical-network", "an atypical network|irregular pigment network|atypical pigment network|the network is atypical|irregular network" },
        { "blue-white-veil", "a blue-white veil|blue-whitish veil|bluish white veil|there is a veil|a whitish blue veil" },
        { "atypical-vessels", "dotted vessels|atypical vessels|irregular vessels|polymorphous vessels|linear irregular vessels" },
        { "irregular-streaks", "irregular streaks|atypical streaks|pseudopods|irregular pseudopods|irregular radial streaming" },
        { "irregular-pigmentation", "irregular pigmentation|irregular blotch|irregular blotches|the pigmentation is irregular|atypical pigmentation" },
        { "irregular-dots", "irregular dots|irregular globules|atypical dots|irregular dots and globules|the globules are irregular" },
        { "regression", "regression|regression structures|peppering|scar-like areas|signs of regression" },
        { "pigmented-lesion", "my mole|a nevus|a dark spot|this growth|a lump" },
    };

    [Theory]
    [MemberData(nameof(LayWords))]
    public void A_sign_is_understood_in_the_words_people_use(string sign, string wordings) =>
        Assert.All(wordings.Split('|'), words => Assert.True(Graph.ReportedSigns.Read(words).Any(found => found.Id == sign && !found.Denied), $"{words}: {Signs(words)}"));

    [Fact]
    public void Every_sign_is_tried_in_five_wordings_at_least()
    {
        var tried = LayWords().ToDictionary(row => (string)row[0], row => ((string)row[1]).Split('|').Length);

        Assert.All(Graph.Triage.Signs, sign => Assert.True(tried.GetValueOrDefault(sign.Id) >= 5, sign.Id));
    }

    [Theory]
    [InlineData("My skin is black")]
    [InlineData("What's the chance that this is bad?")]
    [InlineData("I saw it a month ago while I was writing")]
    [InlineData("fewer spots than last year")]
    [InlineData("I was feeling the edge")]
    [InlineData("it comes from my hearing aid")]
    [InlineData("I take medicine for my blood pressure")]
    [InlineData("a faint brown spot all over my body")]
    [InlineData("How is it told from melanoma?")]
    [InlineData("Show me similar cases")]
    [InlineData("What could this be, and why?")]
    [InlineData("it is a black spot on my toe")]
    public void Ordinary_words_report_nothing(string text)
    {
        string[] where = ["dark-patch"];

        Assert.DoesNotContain(Graph.ReportedSigns.Read(text), sign => !where.Contains(sign.Id) && !Graph.Triage.Signs.Single(known => known.Id == sign.Id).Context);
    }

    [Theory]
    [InlineData("what is eczema herpeticum")]
    [InlineData("How urgent is eczema herpeticum?")]
    [InlineData("what is purpura fulminans")]
    [InlineData("What is purpura?")]
    [InlineData("What is a blue-whitish veil?")]
    [InlineData("What does blue-whitish veil mean?")]
    [InlineData("which conditions have comedo and pustule?")]
    [InlineData("What is the difference between purpura and petechiae?")]
    [InlineData("what is necrotizing fasciitis")]
    public void A_look_up_reports_nothing(string text) =>
        Assert.DoesNotContain(Graph.ReportedSigns.Read(text), sign => !Graph.Triage.Signs.Single(known => known.Id == sign.Id).Context);

    private static Urgency UrgencyOf(string text) => Evaluator.Assess(new TriageInput { Signs = Graph.ReportedSigns.Read(text) }).Urgency!.Value;

    private static string Signs(string text) => string.Join(", ", Graph.ReportedSigns.Read(text).Select(sign => sign.Denied ? $"({sign.Id})" : sign.Id));
}
