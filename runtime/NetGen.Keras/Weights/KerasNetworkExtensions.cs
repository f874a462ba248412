using System.Diagnostics.CodeAnalysis;
using NetGen.Keras;

namespace NetGen;

/// <summary>Weights of Keras files for networks.</summary>
public static class KerasNetworkExtensions
{
    /// <summary>
    /// Loads weights from a file of Keras: a model or weights of Keras 1 and 2 (<c>.h5</c>), weights of Keras 3 (<c>.weights.h5</c>), or a model of Keras 3 (<c>.keras</c>). The optimizer's are
    /// left alone. Nothing is changed unless everything fits, or <see cref="KerasWeightOptions.SkipMismatch"/> says otherwise.
    /// </summary>
    /// <param name="network">The network, whose layers have the names of Keras's or their order.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How; by name or else by order unless given.</param>
    /// <returns>What was loaded.</returns>
    /// <exception cref="ModelFileException">The file is damaged, or of another model; the message lists everything that does not fit, with what is nearest to it.</exception>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    [RequiresUnreferencedCode(HdfFile.NotTrimmed)]
    [RequiresDynamicCode(HdfFile.NotTrimmed)]
    public static KerasWeightReport LoadKerasWeights(this Network network, string path, KerasWeightOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Load(network, network.Definition.Parameters, "", path, options ?? new KerasWeightOptions());
    }

    /// <summary>Loads the weights of a part of a network, <c>model["base"]</c>, as <see cref="LoadKerasWeights(Network, string, KerasWeightOptions?)"/> does those of a whole one.</summary>
    /// <param name="part">The part.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How; by name or else by order unless given.</param>
    /// <returns>What was loaded.</returns>
    /// <exception cref="ModelFileException">The file is damaged, or of another model; the message lists everything that does not fit, with what is nearest to it.</exception>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    [RequiresUnreferencedCode(HdfFile.NotTrimmed)]
    [RequiresDynamicCode(HdfFile.NotTrimmed)]
    public static KerasWeightReport LoadKerasWeights(this NetworkPart part, string path, KerasWeightOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(part);
        return Load(part.Network, [.. part.Parameters], part.Name + "/", path, options ?? new KerasWeightOptions());
    }

    [RequiresUnreferencedCode(HdfFile.NotTrimmed)]
    [RequiresDynamicCode(HdfFile.NotTrimmed)]
    private static KerasWeightReport Load(Network network, ParameterInfo[] parameters, string prefix, string path, KerasWeightOptions options)
    {
        network.CheckHasWeights();
        using KerasFile file = KerasFile.Open(path);
        WeightMatch match = WeightMatcher.Match(file, [.. parameters.Select(p => WantedWeight.Of(p.Name, p.Shape.ToArray(), prefix))], options, "With SkipMismatch = true what fits is loaded.");

        // Everything is read before anything is changed.
        NativeBuffer staging = new(network.Definition.WeightsLength);
        List<ParameterInfo> loaded = [];
        for (int i = 0; i < parameters.Length; i++)
        {
            if (match.Tensors[i] is { } tensor)
            {
                parameters[i].Pack(tensor.Read(path), staging.Slice(0, network.Definition.WeightsLength));
                loaded.Add(parameters[i]);
            }
        }

        network.Adopt(staging, [.. loaded]);
        GC.KeepAlive(staging);
        return new KerasWeightReport([.. loaded.Select(p => p.Name)], match.Problems, match.Matching);
    }
}
