using DermAssistant.Cli;
using DermAssistant.Hosts;

return await Derm.RunAsync(args, Terminal.OfProcess(), DataFolders.FromEnvironment());
