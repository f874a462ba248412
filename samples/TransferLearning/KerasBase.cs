namespace NetGen.Samples;

/// <summary>Weights that Keras trained, for the base of a network of <see cref="KerasDigits"/>'s.</summary>
internal static class KerasBase
{
    /// <summary>The architectures whose weights are taken, by Keras's names.</summary>
    public static readonly string[] Architectures = ["ResNet50", "VGG16", "VGG19", "MobileNet", "MobileNetV2"];

    /// <summary>The layers behind the base, which a file of the whole architecture has, too: as Keras names them now and did before, and as files without names count them.</summary>
    private static readonly string[] Top = ["fc1", "fc2", "predictions", "probs", "Logits", "conv_preds", "dense", "dense_1", "dense_2"];

    /// <summary>Loads the weights of <c>base</c> from a file of Keras: <c>.h5</c>, <c>.weights.h5</c> or <c>.keras</c>, with or without the architecture's top. Nothing is changed unless all fit.</summary>
    /// <param name="model">The network.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="ModelFileException">The file is damaged, or of another architecture; the message lists what does not fit.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static KerasWeightReport Load(Network model, string file) => model["base"].LoadKerasWeights(file, new KerasWeightOptions { IgnoredLayers = Top });
}
