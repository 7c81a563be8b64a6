namespace DermAssistant.Imaging;

/// <summary>A lesion told from the skin around it.</summary>
/// <param name="Inside">One value a pixel: in the lesion.</param>
/// <param name="Field">One value a pixel: in the visible field.</param>
/// <param name="Lesion">Indices of the lesion's pixels.</param>
/// <param name="Skin">Indices of healthy skin: in the field and well away from anything that stands out.</param>
internal sealed record Segmentation(bool[] Inside, bool[] Field, int FieldArea, List<int> Lesion, List<int> Skin);
