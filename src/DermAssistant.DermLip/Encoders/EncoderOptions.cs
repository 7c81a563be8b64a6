namespace DermAssistant.DermLip;

/// <summary>How encoders use the machine.</summary>
public sealed record EncoderOptions
{
    /// <summary>Threads of one matrix product; 0 takes one a physical core.</summary>
    public int Threads { get; init; }

    /// <summary>Whether idle threads spin. Faster by a little on a machine of one's own, slower by much on a shared one.</summary>
    public bool Spinning { get; init; }
}
