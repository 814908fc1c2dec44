from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register

register(
    {
        "place_unknown": Problem(404, _("没有找到“%(name)s”。请核对名称，或改用区划代码。")),
        "place_ambiguous": Problem(409, _("“%(name)s”不止一处，请选定上级后再试：%(candidates)s")),
        "place_exists": Problem(409, _("这里已经有“%(name)s”了。")),
        "grid_name_taken": Problem(409, _("这个社区已经有一个网格叫“%(name)s”。请换一个名称。")),
        "place_closed": Problem(409, _("“%(name)s”已经停用。")),
        "not_a_parent": Problem(422, _("请选择同一级的两个地方合并，或选择上一级来新增。")),
        "no_number_left": Problem(409, _("这个地方的编号已经用完。")),
        "grid_in_use": Problem(409, _("“%(name)s”里还有楼栋或住户，请先把它们移到别的网格。")),
        "overlay_parts": Problem(422, _("请至少写一个地方的代码，最多 %(limit)s 个。")),
        "overlay_begun": Problem(422, _("已经开始的片区不能改第一天，也不能改到今天以前。")),
        "overlay_day": Problem(422, _("第一天不能早于今天，最后一天不能早于第一天。")),
        "regrid_empty": Problem(422, _("方案里没有任何变动。请至少给一栋楼选一个新的网格。")),
        "regrid_contradiction": Problem(
            422, _("方案前后矛盾：同一栋楼去了两处，或有楼要进入将停用的网格。请检查后再试。")),
        "regrid_target_needed": Problem(422, _("每一行都要写明新的网格编号或名称。")),
        "regrid_number_taken": Problem(409, _("编号 %(code)s 已经用过，编号不重复使用。请换一个编号，或只写名称。")),
        "regrid_stale": Problem(409, _("方案做好以后，有 %(count)s 栋楼已经换了网格或不在了。请重新做一份方案。")),
        "regrid_collides": Problem(
            409, _("新的社区里已经有同名的楼栋，没有执行。请先改楼栋名称，或合并重复的楼栋。")),
        "regrid_known_twice": Problem(
            409, _("有 %(count)s 人在两个社区都有登记，没有执行。请先在名册里把他们合并成一个人。")),
        "regrid_day": Problem(422, _("请选择明天或以后的日期；要今天生效，请选“立即执行”。")),
        "regrid_state": Problem(409, _("这份方案已经执行、撤销或放弃了。请刷新页面。")),
        "regrid_too_late": Problem(409, _("超过一天不能撤销。请另做一份方案改回来。")),
        "regrid_later_first": Problem(409, _("之后又做过别的调整。请先撤销后面的那一次。")),
        "national_columns": Problem(
            422, _("没有找到“区划代码”和“名称”两列。请在第一行写明这两列的名称。")),
        "national_line": Problem(
            422, _("第 %(row)s 行不是区划代码加名称，整个文件没有采用。代码应为 2、4、6、9 或 12 位数字。")),
        "national_twice": Problem(422, _("代码 %(code)s 在文件里出现了两次，整个文件没有采用。")),
        "national_orphan": Problem(422, _("代码 %(code)s 的上级不在文件里，文件可能不完整，没有采用。")),
        "national_incomplete": Problem(
            422, _("文件里“%(name)s”只有 %(theirs)s 个代码，现在有 %(ours)s 个：文件可能不完整，没有采用。")),
        "national_other": Problem(
            422, _("文件与现有区划有 %(count)s 处不同，超过 %(limit)s 处：这不像是同一份区划，没有采用。")),
        "national_nothing": Problem(409, _("这里还没有载入全国区划。请先运行 fengchao admin load-register。")),
        "national_day": Problem(422, _("数据截止日期不能晚于今天。")),
        "national_state": Problem(409, _("这份区划文件已经采用或放弃了。请刷新页面。")),
        "national_undecided": Problem(409, _("还有 %(count)s 处拿不准，请先逐一选定去向。")),
        "national_target": Problem(422, _("“%(name)s”不能改到这个代码：它不在新区划里，或级别不同。")),
        "national_not_empty": Problem(409, _("“%(name)s”里还有楼栋或住户，请选一个地方接收，不能直接停用。")),
        "national_no_grid": Problem(
            409, _("“%(name)s”里有住户却没有网格，无法随区划调整。请先在区划与网格里补设网格。")),
        "national_left": Problem(
            409, _("方案做好以后，“%(name)s”里又多出 %(count)s 项，没有执行。请放弃这份方案，重新载入区划文件。")),
        "name_needed": Problem(422, _("请填写名称，最多 %(limit)s 个字。")),
    }
)
