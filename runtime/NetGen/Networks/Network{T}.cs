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

    // Trimming keeps the text only where something asks for it.
    internal sealed override string? OnnxText => TSelf.OnnxGraph;

    private protected sealed override StreamProgram? CreateStreamProgram() => TSelf.CreateStreamProgram();

    /// <summary>
    /// A network for inference only, with the weights of a file. No start values are drawn, and of the weights only what inference reads stays in memory: what a
    /// convolution turns into another form, or a normalization into a scale, is read, turned and given back one by one.
    /// </summary>
    /// <remarks>
    /// It predicts exactly what a constructed network with the same weights predicts, and <see cref="Network.LoadWeights(string, bool)"/> replaces all weights while other threads predict.
    /// To train further, to read or set single weights, or to save them, construct a network and load the file into it: <c>var model = new Fashion();
    /// model.LoadWeights(path);</c>
    /// </remarks>
    /// <param name="path">A file that <see cref="Network.Save"/> has written, or a checkpoint.</param>
    /// <returns>The network; <see cref="Network.IsInferenceOnly"/> holds.</returns>
    /// <exception cref="ModelFileException">The file is damaged, or holds other tensors; the message lists all that are missing, unexpected or of another shape.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TSelf Load(string path)
    {
        TSelf network = TSelf.CreateEmpty();
        network.LoadForInference(path);
        return network;
    }
}
