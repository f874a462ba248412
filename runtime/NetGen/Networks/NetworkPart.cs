namespace NetGen;

/// <summary>A layer or a block of a network, by its name on the tape.</summary>
public sealed partial class NetworkPart
{
    private readonly Network network;

    internal NetworkPart(Network network, string name)
    {
        this.network = network;
        this.Name = name;
    }

    /// <summary>The name on the tape.</summary>
    public string Name { get; }

    /// <summary>The network that it is a part of.</summary>
    internal Network Network => this.network;

    /// <summary>The weights and states of this part.</summary>
    public IReadOnlyList<ParameterInfo> Parameters
    {
        get
        {
            ParameterInfo[] infos = this.network.Definition.Parameters;
            return [.. this.Indices().Select(i => infos[i])];
        }
    }

    /// <summary>
    /// Whether training changes this part: true where all of its weights train. Setting it is for names that carry <c>Trainable =</c> on the tape, as the network
    /// is compiled for both there; it holds for all such names inside the part too, as in Keras.
    /// </summary>
    /// <exception cref="InvalidOperationException">The name does not carry <c>Trainable</c> on the tape.</exception>
    public bool Trainable
    {
        get
        {
            ParameterInfo[] infos = this.network.Definition.Parameters;
            return this.Indices().Where(i => infos[i].Trainable).All(this.network.IsTrained);
        }

        set
        {
            (string Name, bool Live)[] toggles = this.network.Definition.Toggles;
            if (!Array.Exists(toggles, t => t.Name == this.Name))
            {
                string present = toggles.Length == 0 ? "" : $" Names that carry it: {string.Join(", ", toggles.Select(t => t.Name))}.";
                throw new InvalidOperationException(
                    $"Whether '{this.Name}' of {this.network.Definition.Name} trains cannot be changed: write Trainable = true (or false to start frozen) on its attribute, so that the network is compiled for both.{present}");
            }

            for (int i = 0; i < toggles.Length; i++)
            {
                if (toggles[i].Name == this.Name || IsUnder(toggles[i].Name, this.Name))
                {
                    this.network.SetLive(i, value);
                }
            }
        }
    }

    /// <summary>What multiplies the learning rate for the weights of this part; 1 at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">Read where the weights of the part have different factors.</exception>
    public double LearningRateScale
    {
        get
        {
            double[] scales = [.. this.Indices().Select(this.network.LearningRateScaleOf).Distinct()];
            return scales.Length <= 1 ? scales.FirstOrDefault(1)
                : throw new InvalidOperationException($"The weights of '{this.Name}' have the factors {string.Join(", ", scales.Select(Arguments.Format))}, not one.");
        }

        set
        {
            Arguments.NotNegative(value, nameof(this.LearningRateScale));
            foreach (int index in this.Indices())
            {
                this.network.SetLearningRateScale(index, value);
            }
        }
    }

    /// <summary>
    /// Saves the weights and states of this part under their own names (<c>conv1/kernel</c> of <c>base/conv1/kernel</c>), as <see cref="LoadWeights"/> and a network of this part
    /// alone read them, replacing an old file whole or not at all. It may be called during training: the file holds the weights between two steps.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    /// <exception cref="IOException">The file cannot be written, for example as the disk is full; the old file stays.</exception>
    public void SaveWeights(string path) => WeightFile.Save(path, this.network.SnapshotStore([.. this.Parameters], this.Name + "/"));

    /// <summary>
    /// Loads the weights of this part, from a file that holds them under their own names (<c>conv1/kernel</c>, as <see cref="SaveWeights"/> writes them) or from one of a whole network that holds
    /// them under the part's (<c>base/conv1/kernel</c>). Nothing is changed unless all of them are there.
    /// </summary>
    /// <param name="path">A file of weights, or a checkpoint.</param>
    /// <param name="ignoreUnexpected">
    /// Whether a file with the part's own names may hold tensors that the part does not have, which are passed over: the head of a whole model whose base is loaded. What the part has must be
    /// there all the same. Of a file with the names of a whole network other parts are passed over in any case.
    /// </param>
    /// <exception cref="ModelFileException">The file is damaged, or holds other tensors; the message lists all that are missing, unexpected or of another shape.</exception>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void LoadWeights(string path, bool ignoreUnexpected = false) => this.network.LoadWeights(path, this.Name + "/", [.. this.Parameters], ignoreUnexpected);

    /// <summary>The name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => this.Name;

    /// <summary>Whether a path lies under a name.</summary>
    internal static bool IsUnder(string path, string name) =>
        path.Length > name.Length && path[name.Length] == '/' && path.StartsWith(name, StringComparison.Ordinal);

    /// <summary>The names that a parameter lies under: of <c>a/b/kernel</c> they are <c>a</c> and <c>a/b</c>.</summary>
    internal static IEnumerable<string> Scopes(string path)
    {
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] == '/')
            {
                yield return path[..i];
            }
        }
    }

    private IEnumerable<int> Indices()
    {
        ParameterInfo[] infos = this.network.Definition.Parameters;
        return Enumerable.Range(0, infos.Length).Where(i => IsUnder(infos[i].Name, this.Name));
    }
}
