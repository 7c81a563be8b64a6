namespace DermAssistant.DermLip;

/// <summary>What a pack and its int8 variant say of the same photos, over the labels of the pack.</summary>
/// <param name="Labels">Number of labels the photos were told apart by.</param>
/// <param name="Top1Agreement">The fraction of the photos whose most probable label is the same in both.</param>
/// <param name="Auroc">How well both tell the diagnoses, or null where no diagnoses were given.</param>
public sealed record QuantizationAgreement(int Labels, double Top1Agreement, QuantizationAuroc? Auroc);

/// <summary>How well a pack and its int8 variant tell diagnoses on the same labelled photos.</summary>
/// <param name="Photos">Number of photos.</param>
/// <param name="Classes">Number of diagnoses among them that have photos and that others have not.</param>
/// <param name="Float32">The mean over those of the area under the ROC curve of the float32 pack.</param>
/// <param name="Int8">The same of the int8 variant.</param>
public sealed record QuantizationAuroc(int Photos, int Classes, double Float32, double Int8)
{
    /// <summary>By how much the variant is better; negative where it is worse.</summary>
    public double Shift => Int8 - Float32;
}

/// <summary>Compares a float32 pack with its int8 variant by what they say of photos.</summary>
/// <remarks>Runs before the variant is kept; an exception keeps it from being made.</remarks>
public delegate QuantizationAgreement QuantizationJudge(ModelPack exact, ModelPack rough);
