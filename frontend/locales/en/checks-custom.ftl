# Checks that an operator wrote bring their own title, rule, rationale and remedy; these sentences are for all of them.

fault-custom-fails = The rule of this check is not fulfilled.
reason-custom-untried = This check, as it is written now, has not been tried on any cluster yet, so it does not count. Try it: bevis check try { $check } --cluster NAME
reason-custom-missing = Objects that could not be judged: { $count }. The first is { $subject }: it has no field “{ $field }”, and the rule does not ask whether it has one.
reason-custom-limit = Objects that could not be judged: { $count }. The first is { $subject }: it is too large for this check, or judging it would take too long.
reason-custom-failed = Objects that could not be judged: { $count }. The first is { $subject }: a value is of another type than the rule takes it for.
reason-custom-empty = There is no object of the resource that this check reads, so nothing was judged. Where that is in order, the check must say so: may_select_none = true.
reason-custom-none_selected = There are objects of the resource that this check reads, but its “select” picks none of them, so nothing was judged. Where that is in order, the check must say so: may_select_none = true.
reason-custom-forbidden = { reason-forbidden }
reason-custom-absent = { reason-absent }
reason-custom-unread = { reason-unread }
