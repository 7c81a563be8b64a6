namespace DermAssistant.Ontology.Tests;

/// <summary>Every check, proven on a copy broken in that one way.</summary>
public class OntologyCheckerTests
{
    private const string Neoplasms = "conditions/neoplasms-and-proliferations.json";

    [Fact]
    public void The_shipped_ontology_has_no_fault()
    {
        var report = OntologyChecker.Check(Shipped.Folder);

        Assert.Empty(report.Faults);
        Assert.True(report.Passed);
        Assert.Equal(571, report.Conditions.Values.Sum());
        Assert.Equal(571, report.Unreviewed);
        Assert.InRange(report.Doubts, 50, 90);
    }

    [Fact]
    public void A_file_cut_short_is_named_with_its_line()
    {
        using var copy = new BrokenCopy();
        copy.Write(Neoplasms, copy.Read(Neoplasms)[..5000]);

        var fault = Assert.Single(OntologyChecker.Check(copy.Folder).Faults);

        Assert.Equal(Neoplasms, fault.File);
        Assert.True(fault.Line > 50);
        Assert.NotEmpty(fault.Remedy);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var copy = new BrokenCopy();
        File.Delete(Path.Combine(copy.Folder, Neoplasms));

        Assert.Equal(Neoplasms, Assert.Single(OntologyChecker.Check(copy.Folder).Faults).File);
    }

    [Fact]
    public void Text_after_the_end_is_named()
    {
        using var copy = new BrokenCopy();
        copy.Write("sources.json", copy.Read("sources.json") + "{}");

        Assert.Equal("sources.json", Assert.Single(OntologyChecker.Check(copy.Folder).Faults).File);
    }

    [Theory]
    [InlineData(Neoplasms, "\"synonyms\": [\"KA\"]", "\"synonim\": [\"KA\"]", "Unknown field 'synonim'")]
    [InlineData("concepts.json", "\"definition\": \"blue hue", "\"meaning\": \"x\", \"definition\": \"blue hue", "Unknown field 'meaning'")]
    [InlineData("sources.json", "\"lookedUp\": true", "\"checked\": 1, \"lookedUp\": true", "Unknown field 'checked'")]
    [InlineData("triage.json", "\"points\": 2", "\"score\": 1, \"points\": 2", "Unknown field 'score'")]
    [InlineData("look-alikes.json", "\"difference\":", "\"why\": \"x\", \"difference\":", "Unknown field 'why'")]
    [InlineData("label-mappings.json", "\"unplaced\":", "\"extra\": {\"a\": [1]}, \"unplaced\":", "Unknown field 'extra'")]
    [InlineData("skin-tone.json", "\"monk\":", "\"extra\": 1, \"monk\":", "Unknown field 'extra'")]
    [InlineData("ontology.json", "\"version\":", "\"extra\": 1, \"version\":", "Unknown field 'extra'")]
    public void An_unknown_field_is_named_with_the_known_ones(string file, string old, string replacement, string message) =>
        Breaks(file, old, replacement, message);

    [Theory]
    [InlineData("\"id\": \"keratoacanthoma\",", "\"id\": \"squamous-cell-carcinoma\",", "is already used at")]
    [InlineData("\"id\": \"keratoacanthoma\",", "\"id\": \"Kerato acanthoma\",", "no well-formed id")]
    [InlineData("\"name\": \"Keratoacanthoma\",", "\"name\": \"Squamous cell carcinoma\",", "already names 'Squamous cell carcinoma'")]
    [InlineData("\"synonyms\": [\"KA\"]", "\"synonyms\": [\"KA\", \"rodent ulcers\"]", "already names 'Basal cell carcinoma'")]
    [InlineData("\"name\": \"Keratoacanthoma\",", "\"name\": \"Keratoacanthoma\", \"name\": \"Other\",", "is written twice")]
    [InlineData("\"name\": \"Keratoacanthoma\",", "", "has no 'name'")]
    [InlineData("\"synonyms\": [\"KA\"]", "\"synonyms\": \"KA\"", "must be a list")]
    [InlineData("\"synonyms\": [\"KA\"]", "\"synonyms\": [\" \"]", "is empty")]
    [InlineData("\"concept\": \"dome-shaped\"", "\"concept\": \"domed shape\"", "names the concept 'domed shape'")]
    [InlineData("\"weight\": \"common\"", "\"weight\": \"usual\"", "'usual' is no concept weight")]
    [InlineData("\"source\": \"project-draft-1\"", "\"source\": \"somebody\"", "names the source 'somebody'")]
    [InlineData("\"weight\": \"common\", \"source\": \"project-draft-1\"", "\"weight\": \"common\"", "has no source")]
    [InlineData("\"level\": \"soon\"", "\"level\": \"routine\"", "flagged suspectedCancerPathway, but its default urgency is routine")]
    [InlineData("\"level\": \"soon\"", "\"level\": \"quickly\"", "'quickly' is no urgency")]
    [InlineData("\"flags\": [\"malignant\",", "\"flags\": [\"benign\",", "stands under 'Keratinocyte carcinoma'")]
    [InlineData("\"flags\": [\"malignant\",", "\"flags\": [\"inflammatory\",", "stands under 'Keratinocyte carcinoma', which is flagged malignant or in situ, but is flagged neither")]
    [InlineData("\"flags\": [\"malignant\",", "\"flags\": [\"premalignant\",", "which is flagged malignant or in situ, but is flagged neither")]
    [InlineData("\"flags\": [\"malignant\",", "\"flags\": [\"malignant\", \"benign\",", "flagged benign and malignant")]
    [InlineData("\"flags\": [\"malignant\",", "\"flags\": [\"maligant\",", "'maligant' is no flag")]
    [InlineData("\"icd10cm\": \"", "\"icd10cm\": \"X", "no well-formed icd10cm code")]
    [InlineData("\"doid\": \"DOID:", "\"doid\": \"", "no well-formed doid code")]
    [InlineData("\"icd10cm\": \"", "\"icd11\": \"", "'icd11' is no known code system")]
    [InlineData("\"sources\": [\"project-draft-1\", \"icd-10-cm-2021\", \"disease-ontology\"]", "\"sources\": [\"project-draft-1\", \"disease-ontology\"]", "The icd10cm code of condition 'Keratoacanthoma' has no source")]
    [InlineData("\"sources\": [\"project-draft-1\", \"icd-10-cm-2021\", \"disease-ontology\"]", "\"sources\": []", "has no source")]
    [InlineData("\"flags\": [\"malignant\",", "\"flags\": [\"malignant\", \"contagious\",", "flagged contagious but not infectious")]
    [InlineData("\"level\": \"soon\"", "\"level\": \"emergency\"", "is emergency, but it is not flagged so")]
    [InlineData("{ \"level\": \"soon\", \"source\": \"project-draft-1\" }", "{ \"level\": \"soon\" }", "The urgency of condition 'Keratoacanthoma' has no source")]
    [InlineData("\"urgency\": { \"level\": \"soon\", \"source\": \"project-draft-1\" },", "", "has no default urgency")]
    [InlineData("\"mesh\": \"", "\"mesh\": \"M", "no well-formed mesh code")]
    [InlineData("\"concept\": \"dome-shaped\", ", "", "has no 'concept'")]
    [InlineData("\"id\": \"keratoacanthoma\",", "", "has no 'id'")]
    [InlineData("\"review\": \"unreviewed\"", "\"review\": \"reviewed\"", "still carries a doubt")]
    [InlineData("\"review\": \"unreviewed\"", "\"review\": \"maybe\"", "is no review state")]
    public void A_condition_broken_in_one_way_is_found(string old, string replacement, string message) =>
        Breaks(Neoplasms, old, replacement, message, after: "\"id\": \"keratoacanthoma\"");

    [Fact]
    public void A_node_under_an_in_situ_group_that_is_flagged_neither_is_found() =>
        Breaks(Neoplasms, "\"flags\": [\"inSitu\"", "\"flags\": [\"normalVariant\"", "stands under 'Melanocytic in-situ neoplasms'", after: "\"id\": \"lentigo-maligna\"");

    [Fact]
    public void A_name_that_two_conditions_claim_is_told_with_both_places()
    {
        using var copy = new BrokenCopy();
        copy.Replace("conditions/nail-disorders.json", "\"name\": \"Melanonychia\"", "\"name\": \"Psoriasis\"");
        var line = copy.LineOf("conditions/nail-disorders.json", "\"name\": \"Psoriasis\"") - 2;

        var fault = Assert.Single(OntologyChecker.Check(copy.Folder).Faults, fault => fault.Message.Contains("already names", StringComparison.Ordinal));

        Assert.Equal("conditions/inflammatory-dermatoses.json", fault.File);
        Assert.Contains($"'Psoriasis' (as 'Psoriasis', conditions/nail-disorders.json:{line})", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_synonym_of_a_group_that_names_a_condition_is_found() =>
        Breaks(Neoplasms, "\"synonyms\": [\"skin cancer\"", "\"synonyms\": [\"rodent ulcers\"", "'rodent ulcers' of group 'Malignant neoplasms' already names 'Basal cell carcinoma'");

    [Fact]
    public void Other_names_of_a_group_without_a_source_are_found() =>
        Breaks(Neoplasms, "\"sources\": [\"project-draft-1\"],", "", "The group 'Malignant neoplasms' has no source", after: "\"id\": \"malignant-neoplasms\"");

    [Theory]
    [InlineData("\"above\": 28", "\"above\": 48", "'intermediate' begins above 48")]
    [InlineData("{ \"name\": \"tan\", \"above\": 10 }", "{ \"name\": \"tan\" }", "'tan' has no lower limit but is not the last")]
    [InlineData("\"appliesTo\": [\"tan\"", "\"appliesTo\": [\"bronze\"", "applies to the skin tone 'bronze', which is no class")]
    public void Skin_tone_classes_that_cannot_hold_are_found(string old, string replacement, string message) => Breaks("skin-tone.json", old, replacement, message);

    [Theory]
    [InlineData("conditions/neoplasms-and-proliferations.json", "\"synonyms\": [\"KA\"]", "\"synonyms\": [\"Tumör\"]")]
    [InlineData("concepts.json", "\"definition\": \"blue hue", "\"definition\": \"für blue hue in the whole of the lesion")]
    [InlineData("triage.json", "\"question\": \"Is it painful?\"", "\"question\": \"Tut es weh, überall?\"")]
    [InlineData("skin-tone.json", "\"name\": \"very light\"", "\"name\": \"hellhäutig\"")]
    [InlineData("label-mappings.json", "\"nv\": ", "\"n\u00e4v\": ")]
    public void A_file_saved_as_ansi_is_named_with_its_line_and_how_to_save_it(string file, string old, string replacement)
    {
        using var copy = new BrokenCopy();
        copy.Replace(file, old, replacement);
        // The first letter beyond ASCII, which may stand before the one this test writes.
        var line = copy.Read(file).Split('\n').TakeWhile(text => System.Text.Ascii.IsValid(text)).Count() + 1;
        File.WriteAllBytes(Path.Combine(copy.Folder, file), System.Text.Encoding.Latin1.GetBytes(copy.Read(file)));

        var fault = Assert.Single(OntologyChecker.Check(copy.Folder).Faults);

        Assert.Equal((file, line), (fault.File, fault.Line));
        Assert.Contains("not UTF-8", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Save the file as UTF-8", fault.Remedy, StringComparison.Ordinal);
        Assert.Equal(fault, Assert.Throws<OntologyException>(() => OntologyGraph.Load(copy.Folder)).Fault);
    }

    [Fact]
    public void A_file_saved_as_utf_16_is_named()
    {
        using var copy = new BrokenCopy();
        File.WriteAllText(Path.Combine(copy.Folder, Neoplasms), copy.Read(Neoplasms), System.Text.Encoding.Unicode);

        var fault = Assert.Single(OntologyChecker.Check(copy.Folder).Faults);

        Assert.Equal((Neoplasms, "The file is saved as UTF-16."), (fault.File, fault.Message));
    }

    [Fact]
    public void Half_a_character_is_named() =>
        Breaks(Neoplasms, "\"synonyms\": [\"KA\"]", "\"synonyms\": [\"KA\", \"tumour\\ud800\"]", "half a character");

    [Fact]
    public void A_malignant_condition_under_a_benign_group_is_found() =>
        Breaks(Neoplasms, "\"flags\": [\"benign\"]", "\"flags\": [\"malignant\"]", "stands under 'Melanocytic nevi', which is flagged benign", after: "\"id\": \"blue-nevus\"");

    [Fact]
    public void A_class_that_covers_both_natures_is_found() =>
        Breaks(Neoplasms, "\"covers\": [\"Seborrheic keratosis\"", "\"covers\": [\"Melanoma\", \"Seborrheic keratosis\"", "covers 'Melanoma'");

    [Fact]
    public void A_class_that_covers_what_is_not_there_is_found() =>
        Breaks(Neoplasms, "\"covers\": [\"Seborrheic keratosis\"", "\"covers\": [\"Seborrhoea\"", "names 'Seborrhoea', which is no condition");

    [Theory]
    [InlineData("Benign keratosis, unspecified", "covers itself")]
    [InlineData("Actinic keratosis or intraepidermal carcinoma", "which covers others itself")]
    public void A_class_of_classes_is_found(string covered, string message) =>
        Breaks(Neoplasms, "\"covers\": [\"Seborrheic keratosis\"", $"\"covers\": [\"{covered}\", \"Seborrheic keratosis\"", message);

    [Fact]
    public void A_site_without_a_source_is_found() =>
        Breaks("conditions/infections-and-infestations.json", "on one side\", \"source\": \"bmj-k5234\"", "on one side\"", "A statement of condition 'Herpes zoster ophthalmicus' has no source");

    [Fact]
    public void A_condition_above_level_four_is_found()
    {
        using var copy = new BrokenCopy();
        copy.Write("conditions/hair-disorders.json", """{ "id": "hair", "name": "Hair", "groups": [ { "id": "loss", "name": "Loss", "conditions": [ { "id": "a", "name": "A" } ] } ] }""");

        var fault = Assert.Single(OntologyChecker.Check(copy.Folder).Faults, fault => fault.Message == "Unknown field 'conditions' in a group.");

        Assert.Contains("subgroups", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_nested_into_itself_without_end_is_refused()
    {
        using var copy = new BrokenCopy();
        copy.Write("conditions/hair-disorders.json", string.Concat(Enumerable.Repeat("""{ "id": "a", "name": "A", "groups": [ """, 200)));

        Assert.Contains(OntologyChecker.Check(copy.Folder).Faults, fault => fault.File == "conditions/hair-disorders.json");
    }

    [Fact]
    public void Faults_of_several_files_are_found_in_one_run_each_with_its_line()
    {
        using var copy = new BrokenCopy();
        copy.Replace("triage.json", "{ \"signs\": [\"breathing\", \"collapse\"] }", "{}");
        copy.Replace("concepts.json", "\"countsAs\": \"scale\"", "\"countsAs\": \"flakes\"");
        copy.Replace("look-alikes.json", "\"Dysplastic nevus\"]", "\"Dysplastik nevus\"]");

        var faults = OntologyChecker.Check(copy.Folder).Faults;

        Assert.Equal(
            [("concepts.json", LineOfEntry(copy, "concepts.json", "\"name\": \"scaly\"") - 1), ("look-alikes.json", copy.LineOf("look-alikes.json", "Dysplastik") - 1), ("triage.json", copy.LineOf("triage.json", "{}"))],
            faults.Select(fault => (fault.File, fault.Line)));

        static int LineOfEntry(BrokenCopy copy, string file, string text) => copy.LineOf(file, text) - 1;
    }

    [Fact]
    public void A_concept_listed_twice_for_a_condition_is_found() =>
        Breaks(Neoplasms, "\"concept\": \"dome-shaped\"", "\"concept\": \"nodule\"", "lists the concept 'nodule' 2 times", after: "\"id\": \"keratoacanthoma\"");

    [Fact]
    public void A_group_without_a_condition_at_level_four_is_found()
    {
        using var copy = new BrokenCopy();
        copy.Write("conditions/hair-disorders.json", """{ "id": "hair", "name": "Hair", "groups": [ { "id": "loss", "name": "Loss", "subgroups": [] } ] }""");

        Assert.Contains(OntologyChecker.Check(copy.Folder).Faults, fault => fault.Message.Contains("'Loss' has nothing below it", StringComparison.Ordinal));
    }

    [Fact]
    public void A_category_listed_twice_is_found() =>
        Breaks("ontology.json", "\"conditions/hair-disorders.json\"", "\"conditions/hair-disorders.json\", \"conditions/hair-disorders.json\"", "is already used at", "conditions/hair-disorders.json");

    [Theory]
    [InlineData("[\"Melanoma\", \"Dysplastic nevus\"]", "[\"Melanoma\", \"Dysplastik nevus\"]", "names 'Dysplastik nevus', which is no condition")]
    [InlineData("[\"Melanoma\", \"Dysplastic nevus\"]", "[\"Melanoma\"]", "must name two conditions")]
    [InlineData("[\"Melanoma\", \"Dysplastic nevus\"]", "[\"Melanoma\", \"Melanoma\"]", "written twice or names one condition")]
    [InlineData("[\"Melanoma\", \"Dysplastic nevus\"]", "[\"Melanocytic nevus\", \"Melanoma\"]", "written twice or names one condition")]
    [InlineData("\"source\": \"medcomic-abcde\"", "\"source\": \"nowhere\"", "names the source 'nowhere'")]
    [InlineData("a photo cannot show it.\", \"source\": \"medcomic-abcde\"", "a photo cannot show it.\"", "What separates 'Melanoma' from 'Melanocytic nevus' has no source")]
    [InlineData("\"source\": \"medcomic-abcde\"", "\"from\": \"medcomic-abcde\"", "Unknown field 'from' in a difference")]
    [InlineData("\"difference\": \"Both can be irregular", "\"doubt\": \"Both can be irregular", "has no 'difference'")]
    public void A_pair_of_look_alikes_that_cannot_hold_is_found(string old, string replacement, string message) =>
        Breaks("look-alikes.json", old, replacement, message);

    [Theory]
    [InlineData("\"id\": \"patch\"", "\"id\": \"macule\"", "concept id 'macule' is used twice")]
    [InlineData("\"name\": \"patch\"", "\"name\": \"macule\"", "concept 'macule' is written twice")]
    [InlineData("\"modality\": \"clinical\"", "\"modality\": \"clinic\"", "'clinic' is no modality")]
    [InlineData("\"vocabularies\": [\"skincon\"", "\"vocabularies\": [\"skinkon\"", "names the source 'skinkon'")]
    [InlineData("\"id\": \"patch\"", "\"id\": \"a patch\"", "no well-formed id")]
    [InlineData("\"large flat patch\"", "\"Macular lesions\"", "already names the concept 'macule'")]
    [InlineData("\"countsAs\": \"scale\"", "\"countsAs\": \"flakes\"", "names the concept 'flakes'")]
    [InlineData("\"countsAs\": \"scale\"", "\"countsAs\": \"crusted\"", "which counts as another itself")]
    [InlineData("\"vocabularies\": [\"skincon\", \"derm1m\"],\n      \"source\": \"project-draft-1\"", "\"vocabularies\": []", "The definition of 'macule' has no source")]
    [InlineData("\"definition\": \"flat colour change, not palpable, usually under 1 cm\",", "", "has no 'definition'")]
    public void A_broken_concept_is_found(string old, string replacement, string message) => Breaks("concepts.json", old, replacement, message);

    [Theory]
    [InlineData("\"nv\": \"Melanocytic nevus\"", "\"nv\": \"Naevi\"", "names 'Naevi', which is no condition")]
    [InlineData("\"nv\": \"Melanocytic nevus\"", "\"melanoma\": \"Melanocytic nevus\"", "label 'melanoma' already names 'Melanoma'")]
    [InlineData("\"source\": \"pad-ufes-20\"", "\"source\": \"pad\"", "names the source 'pad'")]
    public void A_broken_label_is_found(string old, string replacement, string message) => Breaks("label-mappings.json", old, replacement, message);

    [Theory]
    [InlineData("\"signs\": [\"breathing\", \"collapse\"]", "\"signs\": [\"breath\"]", "names the sign 'breath'")]
    [InlineData("\"concepts\": [\"blue-whitish veil\"]", "\"concepts\": [\"blue veil\"]", "names the concept 'blue veil'")]
    [InlineData("\"conditions\": [\"Melanonychia\"]", "\"conditions\": [\"Dark nail\"]", "names 'Dark nail', which is no condition")]
    [InlineData("\"within\": [\"neoplasms-and-proliferations/melanocytic-lesions\"", "\"within\": [\"melanocytic-lesions\"", "names the node 'melanocytic-lesions'")]
    [InlineData("\"id\": \"purpura-ill\"", "\"id\": \"airway\"", "rule id 'airway' is used twice")]
    [InlineData("\"emergency\": \"anaphylaxis\"", "\"emergency\": \"shock\"", "names the emergency 'shock'")]
    [InlineData("\"source\": \"nice-ng12\"", "\"source\": \"nice\"", "names the source 'nice'")]
    [InlineData("\"threshold\": 3", "\"threshold\": 30", "threshold 30")]
    [InlineData("\"threshold\": 3", "\"threshold\": 3.5", "'threshold' is 3.5, not a whole number")]
    [InlineData("\"points\": 2", "\"points\": 1.5", "'points' is 1.5, not a whole number")]
    [InlineData("\"points\": 2", "\"points\": 0", "scores no point")]
    [InlineData("\"atLeast\": 0.1", "\"atLeast\": 10", "not between 0 and 1")]
    [InlineData("{ \"signs\": [\"breathing\", \"collapse\"] }", "{}", "a requirement nothing can meet")]
    [InlineData("\"requires\": [\n        { \"signs\": [\"breathing\", \"collapse\"] }\n      ],", "", "Rule 'airway' requires nothing")]
    [InlineData("\"phrases\": [\"shingles\", \"zoster\", \"herpes zoster\"]", "\"phrases\": []", "'shingles' can neither be recognised nor asked for")]
    [InlineData("\"{limb} + cold\"", "\"{limbs} + cold\"", "A phrase of the sign 'cold-limb' cannot be read: the group 'limbs' does not exist")]
    [InlineData("\"{limb} + cold\"", "\"{limb} + \"", "has an empty part")]
    [InlineData("\"stops\":", "\"ends\":", "reading has no 'stops'")]
    [InlineData("\"question\": \"Is it painful?\"", "\"question\": \"Is it painful, and since when, and does the pain come and go over the day or stay all the time?\"", "one short question", true)]
    [InlineData("\"questions\": [\n    \"changing\"", "\"questions\": [\n    \"itching\"", "'itching' is to be asked for but has no question")]
    [InlineData("\"sources\": [\"statpearls-30294\", \"springer-4471\", \"ashm-sjs\"]", "\"sources\": []", "Emergency 'sjs-ten' has no source")]
    [InlineData("\"urgency\": \"urgent\", \"draft\"", "\"urgency\": \"soon\", \"draft\"", "The urgency urgent has no meaning")]
    [InlineData("\"id\": \"bleeding\",", "\"id\": \"changing\",", "sign 'changing' is written twice")]
    [InlineData("\"otherwise\":", "\"otherwise_\":", "has no 'otherwise'")]
    public void A_broken_triage_rule_is_found(string old, string replacement, string message, bool inRemedy = false) => Breaks("triage.json", old, replacement, message, inRemedy: inRemedy);

    [Theory]
    [InlineData("\"sources\": [\"jdd-pih\"", "\"sources\": [\"jdd\"", "names the source 'jdd'")]
    [InlineData("\"sources\": [\"jdd-pih\", \"gponline-skin\", \"rcp-clin-med\"]", "\"sources\": []", "redness has no source")]
    [InlineData("{ \"name\": \"dark\" }", "{ \"name\": \"dark\", \"above\": -90 }", "must have no lower limit")]
    public void A_broken_skin_tone_is_found(string old, string replacement, string message) => Breaks("skin-tone.json", old, replacement, message);

    [Fact]
    public void A_source_written_twice_is_found() => Breaks("sources.json", "\"id\": \"monet\"", "\"id\": \"derm7pt\"", "source 'derm7pt' is written twice");

    [Fact]
    public void Every_file_names_a_schema_that_exists()
    {
        foreach (var file in Directory.GetFiles(Shipped.Folder, "*.json", SearchOption.AllDirectories).Where(file => !file.Contains("schema", StringComparison.Ordinal)))
        {
            using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(file));
            var schema = Path.Combine(Path.GetDirectoryName(file)!, document.RootElement.GetProperty("$schema").GetString()!);
            Assert.True(File.Exists(schema), schema);
        }
    }

    private static void Breaks(string file, string old, string replacement, string message, string? faultIn = null, string? after = null, bool inRemedy = false)
    {
        using var copy = new BrokenCopy();
        copy.Replace(file, old, replacement, after);

        var faults = OntologyChecker.Check(copy.Folder).Faults;

        var fault = faults.FirstOrDefault(fault => (inRemedy ? fault.Remedy : fault.Message).Contains(message, StringComparison.Ordinal));
        Assert.True(fault is not null, $"Found instead: {string.Join(" | ", faults.Take(5))}");
        Assert.Equal(faultIn ?? file, fault.File);
        Assert.True(fault.Line >= 1);
        Assert.NotEmpty(fault.Remedy);
    }
}
