namespace DermAssistant.DermLip;

/// <summary>How encoders use the machine.</summary>
public sealed record EncoderOptions
{
    /// <summary>Threads of one matrix product; as many as there are physical cores unless set.</summary>
    public int Threads { get; init; } = ProcessorCores.Count;

    /// <summary>Whether idle threads spin. Faster by a little on a machine of one's own, slower by much on a shared one.</summary>
    public bool Spinning { get; init; }
}
