using DermAssistant.Agent;
using DermAssistant.Cases;
using DermAssistant.DermLip;
using DermAssistant.Diagnosis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels;

/// <summary>What answers are made with.</summary>
/// <param name="Chat"><c>narrator</c> or a language model's name.</param>
/// <param name="Cases">How many cases the library holds.</param>
public sealed record ServedModels(string Id, string Version, string Labels, bool Calibrated, string Chat, int Cases);

/// <summary>Opens what answers need as soon as the host runs, and knows whether it is there.</summary>
/// <remarks>Opening a model pack checks its golden vectors; until one has passed, the host is not ready.</remarks>
public sealed class Readiness(IServiceProvider rooms, string chatModel, ILogger<Readiness> logger) : BackgroundService
{
    private volatile string? _missing = "The model pack is being opened and checked.";
    private volatile ServedModels? _served;

    /// <summary>What is not there yet, in sentences for whoever runs the server; null when everything is.</summary>
    public string? Missing => _missing;

    /// <summary>What answers are made with, or null while it is not there.</summary>
    public ServedModels? Served => _served;

    /// <summary><c>narrator</c> or the language model's name.</summary>
    public string ChatModel => chatModel;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => OpenAsync(stoppingToken), stoppingToken);

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            rooms.GetRequiredService<IAssistant>();
            var pack = rooms.GetRequiredService<ModelPack>().Manifest;
            var reader = rooms.GetRequiredService<PhotoReader>();
            var cases = await rooms.GetRequiredService<CaseSearch>().Library.CountAsync(cancellationToken);
            _served = new(pack.Id, pack.Version, reader.Labels.Name, reader.Calibration is not null, chatModel, cases);
            _missing = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var hint = failure switch
            {
                ModelPackException pack => pack.Hint,
                CaseStoreException store => store.Hint,
                AgentSetupException setup => setup.Hint,
                PromptException prompts => prompts.Hint,
                _ => "",
            };
            _missing = $"{failure.Message} {hint}".TrimEnd();
            logger.LogCritical("Photos cannot be read: {Reason}", _missing);
        }
    }
}
