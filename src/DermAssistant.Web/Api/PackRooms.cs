using DermAssistant.Cases;
using DermAssistant.DermLip;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;

namespace DermAssistant.Web;

/// <summary>What needs the model pack, opened when it is asked for, so that a call that does not need it works without one.</summary>
/// <remarks>Reading photos takes whole cores: only as many are read at once as answers are worked on.</remarks>
internal sealed class PackRooms(IServiceProvider rooms, PhotoGate gate, ServerOptions options) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(options.Channels.MaxRunningTurns);

    public CaseSearch Cases => rooms.GetRequiredService<CaseSearch>();

    /// <summary>The gate's report and, for an accepted photo, its reading.</summary>
    public Task<(GateReport Report, Reading? Reading)> ReadAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => InTurnAsync(
        () =>
        {
            var admitted = gate.Admit(bytes, name);
            return (admitted.Report, admitted.Photo is null ? null : rooms.GetRequiredService<PhotoReader>().Read(admitted, cancellationToken));
        },
        cancellationToken);

    /// <summary>The gate's report and, for an accepted photo, its embedding.</summary>
    public Task<(GateReport Report, float[]? Embedding)> EncodeAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => InTurnAsync(
        () =>
        {
            var admitted = gate.Admit(bytes, name);
            return (admitted.Report, admitted.Photo is { } photo ? rooms.GetRequiredService<ModelPack>().Encode(photo) : null);
        },
        cancellationToken);

    public void Dispose() => _reading.Dispose();

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }
}
