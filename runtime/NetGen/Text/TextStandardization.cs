namespace NetGen;

/// <summary>What becomes of a text before it is cut into tokens, as in Keras's TextVectorization.</summary>
[Flags]
public enum TextStandardization
{
    /// <summary>The text stays as it is.</summary>
    None = 0,

    /// <summary>Letters become small ones, of every script, independent of the culture.</summary>
    Lower = 1,

    /// <summary>The marks of ASCII <c>!"#$%&amp;'()*+,-./:;&lt;=&gt;?@[\]^_`{|}~</c> are removed; those of other scripts stay.</summary>
    StripPunctuation = 2,

    /// <summary>Both, in this order.</summary>
    LowerAndStripPunctuation = Lower | StripPunctuation,
}
