namespace NetGen.Generator;

/// <summary>The arguments that belong to the tape and not to a layer.</summary>
internal static class TapeWords
{
    /// <summary>Of layers and blocks.</summary>
    public static readonly string[] Arguments = ["Name", "From", "Mask", "Trainable", "Training", "When", "Repeat", "TimeDistributed"];

    /// <summary>Of layers alone: the penalty on what they give.</summary>
    public const string ActivityRegularizer = "ActivityRegularizer";

    /// <summary>Of the block's input within a block.</summary>
    public const string BlockInput = "input";

    /// <summary>The argument with the taps of a merge.</summary>
    public const string MergeInputs = "Inputs";
}
