namespace NetGen;

/// <content>Weights in files.</content>
public abstract partial class Network
{
    /// <summary>
    /// Saves all weights and states as safetensors, in Keras's layout under the layers' names, replacing an old file whole or not at all. It may be called during training:
    /// the file holds the weights between two steps.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabularies">What texts are made tokens by, to go along in the same file under names of the user's choice, or null; <see cref="Vocabulary.Load"/> reads them.</param>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    /// <exception cref="IOException">The file cannot be written, for example as the disk is full; the old file stays.</exception>
    public void Save(string path, IReadOnlyDictionary<string, Vocabulary>? vocabularies = null) => WeightFile.Save(path, this.SnapshotStore(), Vocabulary.Metadata(vocabularies));

    /// <summary>
    /// Loads all weights and states from a file that <see cref="Save"/> has written, or from a checkpoint. Nothing is changed unless all of them are there. It may be called
    /// while other threads predict: each call sees all of the old weights or all of the new ones. A network for inference only stays one.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="ignoreUnexpected">Whether the file may hold tensors that the network does not have, which are passed over. What the network has must be there all the same.</param>
    /// <exception cref="ModelFileException">The file is damaged, or holds other tensors; the message lists all that are missing, unexpected or of another shape.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void LoadWeights(string path, bool ignoreUnexpected = false)
    {
        if (this.IsInferenceOnly)
        {
            this.LoadForInference(path, ignoreUnexpected);
        }
        else
        {
            this.LoadWeights(path, "", this.Definition.Parameters, ignoreUnexpected);
        }
    }

    /// <summary>The weights as they are now; they do not change with the network's.</summary>
    internal ParameterStore SnapshotStore() => this.SnapshotStore(this.Definition.Parameters, "");

    /// <summary>Some parameters as they are now, under their names without a prefix that all of them have.</summary>
    internal ParameterStore SnapshotStore(ParameterInfo[] parameters, string prefix)
    {
        this.CheckHasWeights();
        int length = this.Definition.WeightsLength;
        NativeBuffer snapshot = new(length);
        lock (this.WeightsLock)
        {
            foreach (ParameterInfo parameter in parameters)
            {
                this.Weights.Slice(parameter.Offset, parameter.Length).CopyTo(snapshot.Slice(parameter.Offset, parameter.Length));
            }
        }

        return new ParameterStore(parameters, () => snapshot.Slice(0, length), prefix);
    }

    /// <summary>Loads some parameters, from a file that holds them without a prefix or, among others, with it.</summary>
    internal void LoadWeights(string path, string prefix, ParameterInfo[] parameters, bool ignoreUnexpected)
    {
        this.CheckHasWeights();
        using SafetensorsReader reader = new(path);
        int[] positions = Match(reader, prefix, parameters, ignoreUnexpected);
        NativeBuffer staging = new(this.Definition.WeightsLength);
        float[] chunk = ParameterInfo.NewChunk(parameters);
        for (int i = 0; i < positions.Length; i++)
        {
            parameters[i].Read(reader, positions[i], staging.Slice(parameters[i].Offset, parameters[i].Length), chunk);
        }

        this.Adopt(staging, parameters);
        GC.KeepAlive(staging);
    }

    /// <summary>Makes this a network for inference only, from a file: what inference reads is all that stays in memory.</summary>
    private protected void LoadForInference(string path, bool ignoreUnexpected = false)
    {
        ParameterInfo[] parameters = this.Definition.Parameters;
        using SafetensorsReader reader = new(path);
        using FileParameters source = new(reader, parameters, Match(reader, "", parameters, ignoreUnexpected));
        WeightsSnapshot[] snapshots = this.StreamPrograms is { } streams ? [this.snapshot, .. streams.Snapshots] : [this.snapshot];
        NativeBuffer[] made = Array.ConvertAll(snapshots, s => s.Make(parameters, source));
        lock (this.WeightsLock)
        {
            this.IsInferenceOnly = true;
            this.weightsVersion++;
            for (int i = 0; i < made.Length; i++)
            {
                snapshots[i].Publish(made[i], this.weightsVersion);
            }
        }
    }

    /// <summary>Where parameters are in a file that holds them without a prefix or, among others, with it.</summary>
    private static int[] Match(SafetensorsReader reader, string prefix, ParameterInfo[] parameters, bool ignoreUnexpected)
    {
        string root = CheckpointReader.IsCheckpoint(reader) ? CheckpointSection.Weights + "/" : "";
        string dropped = prefix.Length > 0 && IsPartAlone(reader, root, prefix, parameters) ? prefix : "";
        TensorInfo[] wanted = new TensorInfo[parameters.Length];
        for (int i = 0; i < wanted.Length; i++)
        {
            wanted[i] = parameters[i].ToTensor(root);
            if (dropped.Length > 0)
            {
                wanted[i] = wanted[i].WithName(root + parameters[i].Name[dropped.Length..]);
            }
        }

        return TensorMatcher.Match(reader, wanted, dropped.Length > 0 ? root : root + prefix, ignoreUnexpected);
    }

    /// <summary>
    /// Whether a file holds the parameters without their prefix. Inside a part there may be another of its name, so that it is the names that tell; a file that holds all of
    /// them neither way is taken for what its other names look like, for the message.
    /// </summary>
    private static bool IsPartAlone(SafetensorsReader reader, string root, string prefix, ParameterInfo[] parameters)
    {
        return !HasAll("") && (HasAll(prefix) || reader.CountUnder(root + prefix) == 0);

        bool HasAll(string dropped) => Array.TrueForAll(parameters, p => reader.IndexOf(root + p.Name[dropped.Length..]) >= 0);
    }

    /// <summary>Takes some parameters over from a buffer of the same layout.</summary>
    internal void Adopt(NativeBuffer source, ParameterInfo[] parameters)
    {
        lock (this.WeightsLock)
        {
            foreach (ParameterInfo parameter in parameters)
            {
                source.Slice(parameter.Offset, parameter.Length).CopyTo(this.Weights.Slice(parameter.Offset, parameter.Length));
            }

            this.MarkWeightsChanged();
        }
    }

    /// <summary>Parameters in a buffer of the weights' layout.</summary>
    internal ParameterStore StoreOf(NativeBuffer buffer, ParameterInfo[] parameters)
    {
        int length = this.Definition.WeightsLength;
        return new ParameterStore(parameters, () => buffer.Slice(0, length));
    }
}
