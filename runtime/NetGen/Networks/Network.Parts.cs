namespace NetGen;

/// <content>Which weights train, and how fast, by the names on the tape.</content>
public abstract partial class Network
{
    private readonly bool[] live;
    private readonly double[] scales;

    /// <summary>A layer or block by its name on the tape: what trains of it, how fast, and its own weights.</summary>
    /// <param name="name">The name, for example <c>base</c>.</param>
    /// <exception cref="ArgumentException">Nothing of this name has weights; the message names the most similar one.</exception>
    public NetworkPart this[string name]
    {
        get
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            return this.ProblemOfPart(name) is { } problem ? throw new ArgumentException(problem, nameof(name)) : new NetworkPart(this, name);
        }
    }

    /// <summary>Counts the changes of what trains and how fast, so that a trainer sees them.</summary>
    internal long TrainableVersion { get; private set; }

    /// <summary>Says that nothing of a name has weights, and what has; null where something has.</summary>
    internal string? ProblemOfPart(string name)
    {
        if (Array.Exists(this.Definition.Parameters, p => NetworkPart.IsUnder(p.Name, name)) || Array.Exists(this.Definition.Toggles, t => t.Name == name))
        {
            return null;
        }

        string[] known = [.. this.Definition.Parameters.SelectMany(p => NetworkPart.Scopes(p.Name)).Distinct(StringComparer.Ordinal)];
        return $"{this.Definition.Name} has no part '{name}' with weights.{NearestName.Advice(name, known)}";
    }

    /// <summary>Which toggles are live, as the programs take it.</summary>
    internal ulong LiveToggles
    {
        get
        {
            ulong bits = 0;
            for (int i = 0; i < this.live.Length; i++)
            {
                bits |= this.live[i] ? 1UL << i : 0;
            }

            return bits;
        }
    }

    /// <summary>Whether the optimizer moves a parameter.</summary>
    internal bool IsTrained(int parameter)
    {
        ParameterInfo info = this.Definition.Parameters[parameter];
        return info.Trainable && (info.Toggle is null || this.live[this.ToggleIndex(info.Toggle)]);
    }

    /// <summary>What multiplies the learning rate of a parameter.</summary>
    internal double LearningRateScaleOf(int parameter) => this.scales[parameter];

    /// <summary>Whether a toggle is live.</summary>
    internal bool IsLive(int toggle) => this.live[toggle];

    /// <summary>Sets whether a toggle is live.</summary>
    internal void SetLive(int toggle, bool value)
    {
        this.live[toggle] = value;
        this.TrainableVersion++;
    }

    /// <summary>Sets what multiplies the learning rate of a parameter.</summary>
    internal void SetLearningRateScale(int parameter, double scale)
    {
        this.scales[parameter] = scale;
        this.TrainableVersion++;
    }

    private int ToggleIndex(string name) => Array.FindIndex(this.Definition.Toggles, t => t.Name == name);
}
