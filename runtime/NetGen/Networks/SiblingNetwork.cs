using System.Globalization;

namespace NetGen;

/// <summary>Another program on the weights of a network, as a network of its own: the frozen part with the features as its outputs, or inference with the penalties.</summary>
internal sealed class SiblingNetwork : Network
{
    private readonly Network owner;
    private long seen = -1;

    /// <summary>The frozen part.</summary>
    public SiblingNetwork(Network owner, FrozenProgram program)
        : this(owner, DefinitionOf(owner.Definition, program), program.Features)
    {
    }

    /// <summary>The same network by another program of inference.</summary>
    public SiblingNetwork(Network owner, InferenceProgram program)
        : this(owner, owner.Definition, program)
    {
    }

    private SiblingNetwork(Network owner, NetworkDefinition definition, InferenceProgram program)
        : base(definition, program)
    {
        this.owner = owner;
        this.ShareWeights(owner.Weights);
    }

    /// <summary>Takes the weights as they are now, where they may have changed since.</summary>
    /// <returns>Whether they may have.</returns>
    public bool Refresh()
    {
        lock (this.owner.WeightsLock)
        {
            if (this.seen == this.owner.WeightsVersion)
            {
                return false;
            }

            this.seen = this.owner.WeightsVersion;
            this.MarkWeightsChanged();
            this.CurrentWeights();
            return true;
        }
    }

    /// <summary>Counts a change of the owner's weights that leaves those of this one as they are. The caller holds the owner's lock.</summary>
    public void MarkOthersChanged()
    {
        bool isCurrent = this.seen == this.owner.WeightsVersion;
        this.owner.MarkWeightsChanged();
        this.seen = isCurrent ? this.owner.WeightsVersion : this.seen;
    }

    private protected override StreamProgram? CreateStreamProgram() => null;

    private static NetworkDefinition DefinitionOf(NetworkDefinition owner, FrozenProgram program)
    {
        Frame sample = default;
        sample.SizeValues[0] = 1;
        InputInfo[] inputs = program.Entry is { } entry ? [new InputInfo("entry", [(int)entry.OutputLength(0, in sample)])] : owner.Inputs;
        OutputInfo[] features = new OutputInfo[program.Count];
        for (int i = 0; i < features.Length; i++)
        {
            features[i] = new OutputInfo("feature" + i.ToString(CultureInfo.InvariantCulture), [(int)program.Features.OutputLength(i, in sample)], FinalActivation.None);
        }

        return new NetworkDefinition(owner.Name, "", owner.Architecture, inputs, features, owner.Parameters);
    }
}
