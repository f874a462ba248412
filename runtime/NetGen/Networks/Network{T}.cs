using System.ComponentModel;

namespace NetGen;

/// <summary>The base of every generated network.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public abstract class Network<TSelf> : Network
    where TSelf : Network<TSelf>, INetwork<TSelf>
{
    /// <summary>A network whose weights are zero.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Network()
        : base(TSelf.Definition, TSelf.CreateInferenceProgram())
    {
    }

    /// <summary>
    /// A network with the weights of a file, for inference or for further training. There is one copy of the weights, which inference reads; training makes
    /// its own when it begins.
    /// </summary>
    /// <param name="path">A file that <see cref="Network.Save"/> has written, or a checkpoint.</param>
    /// <returns>The network; no start values are drawn for it.</returns>
    /// <exception cref="ModelFileException">The file is damaged, or holds other tensors; the message lists all that are missing, unexpected or of another shape.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TSelf Load(string path)
    {
        TSelf network = TSelf.CreateEmpty();
        network.LoadWeights(path);
        return network;
    }
}
