using Microsoft.ML.OnnxRuntime;

namespace DermAssistant.DermLip;

/// <summary>The session of an image graph, which is exchanged for a faster one when it has been used enough to pay for that.</summary>
/// <remarks>
/// A session that uses its weights where they lie is open at once. Products of bytes are faster by up to a third with weights laid out for
/// the processor, which takes as long as some dozens of photos; so a command with one photo never waits for it, and a server or an
/// evaluation gets it while it works. Both sessions compute the same numbers. Where the faster one cannot be opened, the first one goes on.
/// </remarks>
/// <param name="first">Serves from the beginning.</param>
/// <param name="open">Opens the faster one; null where there is none.</param>
internal sealed class ImageSession(InferenceSession first, Func<InferenceSession>? open) : IDisposable
{
    /// <summary>Pictures after which the faster session is opened.</summary>
    internal const int Patience = 24;

    private readonly Lock _lock = new();
    private Task<InferenceSession>? _faster;
    private int _pictures;

    /// <summary>The session to use for some pictures now.</summary>
    public InferenceSession For(int pictures)
    {
        if (open is null) return first;
        lock (_lock)
        {
            _pictures = Math.Min(_pictures + pictures, Patience + 1);
            if (_pictures > Patience) _faster ??= Task.Run(open);
            return _faster is { IsCompletedSuccessfully: true } ? _faster.Result : first;
        }
    }

    /// <summary>Has the faster session serve from now on, where there is one; for comparisons.</summary>
    public void Hasten()
    {
        if (open is null) return;
        lock (_lock) _faster ??= Task.Run(open);
        _faster.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        // One that is just being opened uses the weights, which the caller lets go of next.
        if (_faster is not null)
        {
            ((IAsyncResult)_faster).AsyncWaitHandle.WaitOne();
            if (_faster.IsCompletedSuccessfully) _faster.Result.Dispose();
            else _ = _faster.Exception;
        }

        first.Dispose();
    }
}
