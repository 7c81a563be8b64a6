using DermAssistant.Agent;
using DermAssistant.Cases;
using DermAssistant.DermLip;
using DermAssistant.Diagnosis;

namespace DermAssistant.Web;

/// <summary>Opens what answers need as soon as the host runs, and knows whether it is there.</summary>
/// <remarks>Opening a model pack checks its golden vectors; until one has passed, the host is not ready.</remarks>
internal sealed class Readiness(IServiceProvider rooms, ILogger<Readiness> logger) : BackgroundService
{
    private volatile string? _missing = "The model pack is being opened and checked.";

    /// <summary>What is not there yet, or null when everything is.</summary>
    public string? Missing => _missing;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(Open, stoppingToken);

    private void Open()
    {
        try
        {
            rooms.GetRequiredService<IAssistant>();
            rooms.GetRequiredService<ModelPack>();
            rooms.GetRequiredService<PhotoReader>();
            rooms.GetRequiredService<CaseSearch>();
            _missing = null;
        }
        catch (Exception failure)
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
