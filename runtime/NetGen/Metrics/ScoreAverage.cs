namespace NetGen;

/// <summary>How <see cref="Metric.FBetaScore"/> and <see cref="Metric.F1Score"/> join the scores of several classes.</summary>
public enum ScoreAverage
{
    /// <summary>Not at all: the result has one score per class.</summary>
    None,

    /// <summary>The score of the counts over all classes.</summary>
    Micro,

    /// <summary>The mean of the scores.</summary>
    Macro,

    /// <summary>The mean of the scores, weighted by how many targets are of the class.</summary>
    Weighted,
}
