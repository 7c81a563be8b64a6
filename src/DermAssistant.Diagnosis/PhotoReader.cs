using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis;

/// <summary>Makes the reading of a photo.</summary>
/// <remarks>Safe for concurrent use. The same photo, pack, prompts and ontology give the same reading.</remarks>
public sealed class PhotoReader
{
    /// <summary>Reads an admitted photo; a refused one gets a reading that says why and holds no differential.</summary>
    public Reading Read(GateResult admitted, CancellationToken cancellationToken = default) => throw new NotImplementedException(admitted.ToString() + cancellationToken);
}
