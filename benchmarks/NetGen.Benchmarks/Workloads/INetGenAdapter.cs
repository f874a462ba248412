namespace NetGen.Benchmarks;

/// <summary>NetGen's network of one workload.</summary>
internal interface INetGenAdapter
{
    /// <summary>The network with the setup's weights, for inference or training by the setup's mode.</summary>
    IContestant Create(Setup setup);

    /// <summary>Writes the setup's weights to a file, for the cold start.</summary>
    void Save(Setup setup, string file);
}
