namespace DermAssistant.Ontology;

/// <summary>What differs with the colour of the skin.</summary>
/// <param name="Classes">Classes of the individual typology angle, lightest first.</param>
/// <param name="AngleFormula">How the angle is computed.</param>
public sealed record SkinToneFacts(
    RednessFacts Redness,
    string AngleFormula,
    IReadOnlyList<SkinToneClass> Classes,
    IReadOnlyList<MonkTone> Monk,
    IReadOnlyList<SourcedStatement> Cautions,
    IReadOnlyList<string> Sources)
{
    /// <summary>The class of an individual typology angle in degrees.</summary>
    public SkinToneClass ClassOf(double angle) => Classes.First(tone => tone.Above is not { } limit || angle > limit);
}

/// <summary>How redness shows where skin is brown or black.</summary>
/// <param name="Text">In one sentence.</param>
/// <param name="Words">Colours redness can look like.</param>
/// <param name="Ask">What to ask for, since the eye may miss it.</param>
/// <param name="AppliesTo">Names of the skin tone classes it holds for.</param>
public sealed record RednessFacts(
    string Text,
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Ask,
    IReadOnlyList<string> AppliesTo,
    IReadOnlyList<string> Sources);

/// <summary>A class of the individual typology angle.</summary>
/// <param name="Above">The angle in degrees it begins above, or null for the darkest.</param>
public sealed record SkinToneClass(string Name, double? Above);

/// <summary>A tone of the Monk scale, 1 (lightest) to 10.</summary>
/// <param name="Hex">Its colour as #rrggbb.</param>
/// <param name="Angle">The individual typology angle of that colour in degrees.</param>
public sealed record MonkTone(int Level, string Hex, double Angle);
