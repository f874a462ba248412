using System.Globalization;

namespace NetGen;

/// <summary>
/// Writes checkpoints: a safetensors file with the weights, the slots of the optimizer under prefixed names, and the state of the training
/// in its metadata.
/// </summary>
public static class CheckpointWriter
{
    internal const string Format = "netgen-checkpoint";
    internal const string Version = "1";
    internal const string ValuePrefix = "value/";

    /// <summary>Saves a checkpoint, replacing an old one whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="info">The state of the training.</param>
    /// <param name="sections">The weights under <see cref="CheckpointSection.Weights"/>, the optimizer's slots and whatever else.</param>
    /// <exception cref="ArgumentException">Two tensors have one name.</exception>
    /// <exception cref="IOException">The file cannot be written, for example as the disk is full; the old file stays.</exception>
    public static void Save(string path, CheckpointInfo info, params IReadOnlyList<CheckpointSection> sections)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(sections);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["version"] = Version,
            ["architecture"] = info.Architecture,
            ["epoch"] = info.Epoch.ToString(CultureInfo.InvariantCulture),
            ["step"] = info.Step.ToString(CultureInfo.InvariantCulture),
            ["seed"] = info.Seed.ToString(CultureInfo.InvariantCulture),
            ["history"] = CheckpointHistory.Format(info.History),
        };
        foreach ((string name, string value) in info.Values) metadata.Add(ValuePrefix + name, value);
        WeightFile.Save(path, new TensorStoreGroup(sections), metadata);
    }
}
