namespace NetGen.Benchmarks;

/// <summary>A generated network in the table of workloads.</summary>
/// <param name="create">Makes the network.</param>
/// <param name="infer">Its inference as a contestant.</param>
internal sealed class NetGenAdapter<TNetwork>(Func<TNetwork> create, Func<TNetwork, Setup, IContestant> infer) : INetGenAdapter
    where TNetwork : Network<TNetwork>, INetwork<TNetwork>
{
    public IContestant Create(Setup setup)
    {
        var model = setup.WeightsFile is { } file ? Network<TNetwork>.Load(file) : WithWeights(setup);
        return setup.Mode == Mode.Train ? new NetGenTraining<TNetwork>(model, setup) : infer(model, setup);
    }

    public void Save(Setup setup, string file) => WithWeights(setup).Save(file);

    private TNetwork WithWeights(Setup setup)
    {
        var model = create();
        foreach (var weight in setup.Weights.All) model.SetWeights(weight.Name, weight.Values);
        return model;
    }
}
