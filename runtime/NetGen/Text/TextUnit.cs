namespace NetGen;

/// <summary>What a token of a text is.</summary>
public enum TextUnit
{
    /// <summary>What stands between white space.</summary>
    Word,

    /// <summary>One Unicode character, white space among them.</summary>
    Character,
}
