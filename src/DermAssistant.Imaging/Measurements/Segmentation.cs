namespace DermAssistant.Imaging;

/// <summary>A lesion told from the skin around it.</summary>
/// <param name="Inside">One value a pixel: in the lesion.</param>
/// <param name="Field">One value a pixel: in the visible field, without background beside the skin.</param>
/// <param name="FieldArea">The number of pixels of the field.</param>
/// <param name="Lesion">Indices of the lesion's pixels.</param>
/// <param name="Skin">Indices of healthy skin: in the field and well away from anything that stands out.</param>
internal sealed record Segmentation(bool[] Inside, bool[] Field, int FieldArea, int[] Lesion, int[] Skin);
