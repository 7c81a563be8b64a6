// TorchSharp's scalars do not survive a garbage collection that another thread sets off; see Trainer.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
