using DermAssistant.Cli;

return await Derm.RunAsync(args, Terminal.OfProcess(), DataFolders.FromEnvironment());
