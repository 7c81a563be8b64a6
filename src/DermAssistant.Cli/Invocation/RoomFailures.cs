using System.Runtime.CompilerServices;
using DermAssistant.Agent;
using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.DermLip;
using DermAssistant.Ontology;
using DermAssistant.Training;

namespace DermAssistant.Cli;

/// <summary>Which exit code each room's failures stand for.</summary>
internal static class RoomFailures
{
    // Not inlined, so that a command that succeeds loads none of these assemblies for it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CommandException? Of(Exception failure) => failure switch
    {
        OntologyException ontology => new(ExitCode.BadInput, ontology.Message, ontology.Hint, ontology),
        QuestionException question => new(ExitCode.BadInput, question.Message, question.Hint, question),
        BundleException bundle => new(ExitCode.BadInput, bundle.Message, bundle.Hint, bundle),
        AgentSetupException setup => new(ExitCode.WrongUsage, setup.Message, setup.Hint, setup),
        PromptException prompts => new(ExitCode.BadInput, prompts.Message, prompts.Hint, prompts),
        ModelPackException { Unwritable: true } store => new(ExitCode.StoreUnreachable, store.Message, store.Hint, store),
        ModelPackException pack => new(ExitCode.NoModelPack, pack.Message, pack.Hint, pack),
        TrainingException training => new(ExitCode.BadInput, training.Message, training.Hint, training),
        CalibrationException calibration => new(ExitCode.BadInput, calibration.Message, calibration.Hint, calibration),
        TableException table => new(ExitCode.BadInput, table.Message, table.Hint, table),
        CaseFilterException filter => new(ExitCode.WrongUsage, filter.Message, filter.Hint, filter),
        CaseStoreException { IsBadInput: true } input => new(ExitCode.BadInput, input.Message, input.Hint, input),
        CaseStoreException store => new(ExitCode.StoreUnreachable, store.Message, store.Hint, store),
        UnauthorizedAccessException or IOException => new(
            ExitCode.StoreUnreachable,
            failure.Message,
            "Check that the place exists, has space left and may be read and written by you; DERM_HOME names another folder for your own data.",
            failure),
        _ => null,
    };
}
