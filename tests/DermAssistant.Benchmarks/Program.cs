using BenchmarkDotNet.Running;
using DermAssistant.Benchmarks;

// encoders [FOLDER]   speed, start and memory of a full-size pack as one table; FOLDER keeps the packs for the next run
// ontology            the first load of the ontology in a fresh process
// hub FOLDER          a hub folder with synthetic weights of full size, to try the commands on
// load --address ...  many users of a running server at once
// anything else       BenchmarkDotNet
switch (args)
{
    case ["encoders", .. var rest]: EncoderTable.Run(rest.FirstOrDefault()); break;
    case ["opening", var pack]: PackOpening.Run(pack); break;
    case ["ontology"]: OntologyOpening.Run(); break;
    case ["ontology-once"]: OntologyOpening.RunOnce(); break;
    case ["hub", var folder]: SyntheticHubFolder.Write(folder); break;
    case ["load", .. var options]: return await ServerLoad.RunAsync(options);
    default: BenchmarkSwitcher.FromAssembly(typeof(EncoderTable).Assembly).Run(args); break;
}

return 0;
